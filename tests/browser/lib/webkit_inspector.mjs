// One page over WebKit's remote inspector protocol: JSON over a WebSocket, in which the calls for
// the page travel inside Target.sendMessageToTarget. A navigation to another site moves the page
// into a new process, which is announced as a provisional target and later committed.
import WebSocket from 'ws';

// The page that was asked left its process, with its answer.
export class PageMoved extends Error {}

export class Inspector {
  #socket;
  #lastId = 0;
  #waiting = new Map(); // id of the inner call -> {resolve, reject, target}
  #outer = new Map(); // id of the carrying call -> id of the inner one
  #target = null;
  #ready;
  #onEvent;

  // `onEvent(method, params)` sees the events of the current page; `setUp` lists the calls
  // [method, params] that every new target gets before anything else.
  constructor(address, setUp, onEvent) {
    this.#onEvent = onEvent;
    this.#socket = new WebSocket(address);
    this.#ready = new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.once('close', () => this.#fail(new Error('the page is gone'), reject));
      this.#socket.on('message', (data) => this.#receive(JSON.parse(data), setUp, resolve));
    });
  }

  ready() {
    return this.#ready;
  }

  #fail(error, reject) {
    reject(error);
    for (const call of this.#waiting.values()) call.reject(error);
    this.#waiting.clear();
  }

  #receive(message, setUp, resolve) {
    if (message.method === 'Target.targetCreated') {
      const { targetId, type, isProvisional } = message.params.targetInfo;
      if (type !== 'page') return;
      const calls = setUp.map(([method, params]) => this.#sendTo(targetId, method, params));
      if (!isProvisional) this.#target = targetId;
      Promise.all(calls).then(resolve, () => {});
    } else if (message.method === 'Target.didCommitProvisionalTarget') {
      this.#target = message.params.newTargetId;
    } else if (message.method === 'Target.targetDestroyed') {
      this.#dropTarget(message.params.targetId);
    } else if (message.method === 'Target.dispatchMessageFromTarget') {
      this.#receiveInner(JSON.parse(message.params.message));
    } else if (message.id) {
      this.#receiveCarrier(message);
    }
  }

  #dropTarget(target) {
    for (const [id, call] of this.#waiting) {
      if (call.target !== target) continue;
      this.#waiting.delete(id);
      call.reject(new PageMoved('the page went to another process during the call'));
    }
  }

  #receiveInner(message) {
    if (!message.id) return this.#onEvent(message.method, message.params);
    const call = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result);
  }

  #receiveCarrier({ id, error }) {
    const inner = this.#outer.get(id);
    this.#outer.delete(id);
    if (!error) return;
    this.#waiting.get(inner)?.reject(new Error(error.message));
    this.#waiting.delete(inner);
  }

  #sendTo(target, method, params = {}) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error('the page is gone'));
    }
    const carrier = ++this.#lastId;
    const id = ++this.#lastId;
    this.#outer.set(carrier, id);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, target });
      const message = JSON.stringify({ id, method, params });
      const call = {
        id: carrier,
        method: 'Target.sendMessageToTarget',
        params: { targetId: target, message },
      };
      this.#socket.send(JSON.stringify(call));
    });
  }

  send(method, params) {
    return this.#sendTo(this.#target, method, params);
  }

  close() {
    this.#socket.terminate();
  }
}
