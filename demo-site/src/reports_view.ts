// What the shop counts, what this browser would say or has said, and what it costs, in words.
import type { Measurements, MeasureTask, Report } from './baya.ts';
import { html, type Markup } from './markup.ts';

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

// The largest unit that divides it: "2 weeks", "30 days".
export function durationText(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? [
    'second',
    1,
  ];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

// Epsilon is a bound on odds: seeing the noisy total multiplies anybody's odds on what you said,
// against anything else you could have said, by e to the epsilon at the most.
export function epsilonText(epsilon: number): string {
  if (epsilon === 0) return 'a test without noise: nothing hides you in the total';
  return `whoever sees the total can become at most ${Math.exp(epsilon).toFixed(1)} times as sure of your answer (epsilon\u00a0${epsilon})`;
}

const STATES: Record<string, (task: MeasureTask) => string> = {
  off: () => 'Switched off. Nothing is sent.',
  refused: () => 'This browser does not take part.',
  over: () => 'Not collected at this time.',
  nothing: () => 'Nothing to say yet.',
  ready: () => 'Will be prepared in a moment.',
  waiting: () => 'Earlier answers wait to be sent first.',
  reported: ({ nextMs }) => `You are counted. Asked again from ${DAY.format(nextMs)}.`,
  no_budget: () => 'Not this week: you have told enough.',
};

const originOf = (address: string): string => {
  try {
    return new URL(address).host;
  } catch {
    return 'nobody';
  }
};

function fact(name: string, value: string | Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function recipients(leaderUrl: string, helperUrl: string): string {
  return `${originOf(leaderUrl)} one half, ${originOf(helperUrl)} the other; neither half says anything by itself`;
}

function taskMarkup(task: MeasureTask): Markup {
  const { title, text, preview, epsilon, minBatch, periodS, windowS, delayS } = task;
  return html`<li class="held">
    <div class="held-head"><h3>${title}</h3><p class="held-value">${STATES[task.state]?.(task) ?? task.state}</p></div>
    <p>${text}</p>
    <dl class="in-words">${fact('You would say now', preview ? html`<strong>${preview}</strong>` : 'nothing')}${fact(
      'One of',
      `${task.labels.length} answers`,
    )}${task.leaderUrl && fact('Who gets it', recipients(task.leaderUrl, task.helperUrl))}${fact(
      'What it gives away',
      epsilonText(epsilon),
    )}${fact('No total of fewer than', `${minBatch} devices`)}${fact(
      'Looks back',
      durationText(windowS),
    )}${fact('At most once in', durationText(periodS))}${
      delayS > 0 && fact('Leaves at random within', durationText(delayS))
    }</dl>
  </li>`;
}

function budgetMarkup({ budget, spent, epochEndMs, sinceMs }: Measurements): Markup {
  const until = epochEndMs > 0 ? ` until ${DAY.format(epochEndMs)}` : ' in any seven days';
  const since =
    sinceMs > 0
      ? ` Counted since ${DAY.format(sinceMs)}; if you erase everything, counting begins anew, but what was sent cannot be called back.`
      : '';
  return html`<p class="fine">All answers together give away at most epsilon ${budget}${until}; used so far: ${spent}.${since}</p>`;
}

export function tasksMarkup(measurements: Measurements): Markup {
  if (measurements.tasks.length === 0) {
    return html`<p class="empty-note">This shop measures nothing.</p>`;
  }
  return html`<p>Where you allow it, this browser answers a few questions with one choice each. The answer is
    split into two halves that say nothing by themselves; two parties add up their halves of all
    answers, and only the sums, with noise added, are put together.</p>
    <ul class="helds">${measurements.tasks.map(taskMarkup)}</ul>${budgetMarkup(measurements)}`;
}

const ENDS: Record<string, (report: Report) => string> = {
  waiting: ({ dueMs }) => `waits; leaves after ${TIME.format(dueMs)}`,
  sent: ({ endedMs }) => `left ${TIME.format(endedMs)}`,
  refused: ({ endedMs }) => `not accepted ${TIME.format(endedMs)}`,
  withdrawn: ({ endedMs }) =>
    `deleted, ${TIME.format(endedMs)}; if it was on its way then, it may have arrived`,
  given_up: ({ endedMs }) => `given up ${TIME.format(endedMs)}, without an answer to it`,
};

function reportMarkup(report: Report): Markup {
  return html`<li class="held">
    <div class="held-head"><h3>${report.title}</h3><p class="held-value">${
      report.label ? html`&ldquo;${report.label}&rdquo;` : 'forgotten'
    }</p></div>
    <dl class="in-words">${fact('What became of it', ENDS[report.state]?.(report) ?? report.state)}${fact(
      'Prepared',
      TIME.format(report.madeMs),
    )}${fact('Who gets it', recipients(report.leaderUrl, report.helperUrl))}${fact(
      'What it gives away',
      epsilonText(report.epsilon),
    )}</dl>
  </li>`;
}

export function reportsMarkup(reports: readonly Report[]): Markup {
  const sent = reports.filter(({ state }) => state === 'sent').length;
  const summary =
    sent === 0
      ? html`<strong>Nothing</strong> Your profile has not left this device, and since it began no answer computed from it either.`
      : html`<strong>${sent === 1 ? 'One answer' : `${sent} answers`}</strong> Your profile has not left this device. What left are answers in halves, listed here.`;
  const newest = [...reports].reverse();
  return html`<p class="state">${summary}</p>${
    newest.length > 0 && html`<ul class="helds">${newest.map(reportMarkup)}</ul>`
  }<p class="fine">Erasing everything erases this list with it; answers that were sent before stay in the sums. A file that you export yourself is yours to look after.</p>`;
}
