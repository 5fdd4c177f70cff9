// One owner among tabs, over Node's own BroadcastChannel. Node 20 has no Web Locks: below is their
// exclusive mode.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { canElect, Office } = await importSource('office.ts');

class Locks {
  #tail = Promise.resolve();
  #free = [];

  request(_name, work) {
    const before = this.#tail;
    let free;
    this.#tail = new Promise((resolve) => {
      free = resolve;
    });
    this.#free.push(free);
    return before.then(work).catch((error) => {
      free();
      throw error;
    });
  }

  /** The holder's worker ends. */
  release() {
    this.#free.shift()();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

function site(t) {
  const channels = [];
  globalThis.navigator = { locks: new Locks() };
  const Channel = BroadcastChannel;
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name) {
      super(name);
      channels.push(this);
    }
  };
  t.after(() => {
    globalThis.BroadcastChannel = Channel;
    for (const channel of channels) channel.close();
  });
  return {
    /** A tab; `answer` is what it does with requests when it is the owner. */
    tab(name, answer = async (request) => `${name}: ${request.name}`, release = '1') {
      const tab = { news: [], asked: [], channel: undefined };
      tab.office = new Office({
        release,
        own: async () => (request, again) => {
          tab.asked.push([request.name, again]);
          return answer(request);
        },
        tell: (news) => tab.news.push(news),
      });
      tab.channel = channels.at(-1);
      return tab;
    },
    /** The owner's process is gone: it hears and says nothing any more. */
    kill(tab) {
      tab.channel.onmessage = null;
      tab.channel.close();
      globalThis.navigator.locks.release();
    },
  };
}

test('the first tab answers for all of them', async (t) => {
  const { tab } = site(t);
  const tabs = [tab('a'), tab('b'), tab('c')];
  const answers = await Promise.all(tabs.map(({ office }) => office.ask({ name: 'profile' })));
  assert.deepEqual(answers, ['a: profile', 'a: profile', 'a: profile']);
  assert.equal(tabs[0].asked.length, 3);
});

test('an error comes back with its code', async (t) => {
  const { tab } = site(t);
  const refuse = async () => {
    throw Object.assign(new Error('x'), { code: 'quota' });
  };
  const [first, second] = [tab('a', refuse), tab('b')];
  await settled();
  await assert.rejects(first.office.ask({ name: 'take' }));
  await assert.rejects(second.office.ask({ name: 'take' }), {
    name: 'BayaError',
    code: 'internal',
  });
});

test('what a dead owner left unanswered is asked again of the next one, and marked', async (t) => {
  const { tab, kill } = site(t);
  const first = tab('a', () => new Promise(() => {}));
  const second = tab('b');
  const third = tab('c');
  await settled();
  const waiting = [second.office.ask({ name: 'take' }), third.office.ask({ name: 'pause' })];
  await settled();
  assert.deepEqual(first.asked, [
    ['take', false],
    ['pause', false],
  ]);
  kill(first);
  assert.deepEqual(await Promise.all(waiting), ['b: take', 'b: pause']);
  assert.deepEqual(second.asked, [
    ['take', true],
    ['pause', true],
  ]);
  assert.equal(await third.office.ask({ name: 'profile' }), 'b: profile');
});

test('news reach every tab', async (t) => {
  const { tab } = site(t);
  const [first, second] = [tab('a'), tab('b')];
  await settled();
  const news = { type: 'record', record: null };
  first.office.announce(news);
  await settled();
  assert.deepEqual([first.news, second.news], [[news], [news]]);
});

test('a tab of another release is told so instead of waiting', async (t) => {
  const { tab } = site(t);
  const first = tab('a');
  const other = tab('b', undefined, '2');
  await assert.rejects(other.office.ask({ name: 'take' }), { code: 'unavailable' });
  await assert.rejects(other.office.ask({ name: 'take' }), { code: 'unavailable' });
  assert.deepEqual(first.asked, []);
});

test('a tab that cannot own says why, and lets the next one', async (t) => {
  const { tab } = site(t);
  const broken = new Office({
    release: '1',
    own: async () => {
      throw new Error('no pack');
    },
    tell() {},
  });
  await assert.rejects(broken.ask({ name: 'take' }), { code: 'internal' });
  await assert.rejects(broken.ask({ name: 'take' }), { code: 'internal' });
  const second = tab('b');
  assert.equal(await second.office.ask({ name: 'take' }), 'b: take');
  await settled();
  assert.equal(await broken.ask({ name: 'take' }), 'b: take');
});

test('without Web Locks nobody is elected', () => {
  globalThis.navigator = {};
  assert.equal(canElect(), false);
  globalThis.navigator = { locks: new Locks() };
  assert.equal(canElect(), true);
});
