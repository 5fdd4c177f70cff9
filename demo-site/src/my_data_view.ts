// The parts of the My data page.
import type { AccessRow, Contribution, Field, Protection, Receipts } from './baya.ts';
import type { Catalogue } from './catalogue.ts';
import {
  CARDS,
  flagsText,
  isCorrectable,
  isInterest,
  isWish,
  itemOf,
  labelOf,
  provenanceText,
  purposeText,
  valueText,
} from './fields.ts';
import { html, type Markup } from './markup.ts';
import { reasonWords } from './reasons.ts';

const SHOWN_AT_FIRST = 5;

function badge({ field, inferred, contradicted }: Field): Markup | '' {
  if (isWish(field)) return '';
  if (contradicted) return html`<p class="badge">you said it is wrong: not used</p>`;
  return inferred ? html`<p class="badge">a guess</p>` : '';
}

function correction(field: Field, label: string): Markup | '' {
  if (!isCorrectable(field.field)) return '';
  const strengths = [
    ['', 'Wrong: do not use it'],
    ['100', 'A little'],
    ['500', 'Quite'],
    ['900', 'Very much'],
  ] as const;
  const input = isInterest(field.field)
    ? html`<select name="value" aria-label="How much does it interest you: ${label}">${strengths.map(
        ([value, words]) => html`<option value="${value}">${words}</option>`,
      )}</select>`
    : html`<input name="value" aria-label="Correct value of ${label}" placeholder="Empty: do not use it">`;
  return html`<details class="correct" data-fold="correct ${field.field}"><summary>Correct</summary><form data-correct="${field.field}">${input}<button type="submit" class="small" aria-label="Save the correction of ${label}">Save</button></form></details>`;
}

function fieldMarkup(field: Field, catalogue: Catalogue): Markup {
  const label = labelOf(field.field, (item) => catalogue.titleOf(item));
  const item = itemOf(field.field);
  return html`<li class="held">
    <div class="held-head"><h4>${label}</h4><p class="held-value">${valueText(field)}</p>${badge(
      field,
    )}</div>
    <p class="held-why">${flagsText(field)} ${provenanceText(field)}</p>
    <div class="held-actions">${correction(field, label)}${
      isWish(field.field) &&
      html`<button type="button" class="quiet" data-take-back="${field.field}" aria-label="Take it back: ${label}">Take it back</button>`
    }${
      item &&
      html`<button type="button" class="quiet" data-forget="${item}" aria-label="Forget everything about ${catalogue.titleOf(item)}">Forget</button>`
    }</div>
  </li>`;
}

// The four cards; the longer ones folded.
export function cardsMarkup(fields: readonly Field[], catalogue: Catalogue): Markup {
  return html`${CARDS.map(({ key, title, empty }) => {
    const own = fields.filter(({ card }) => card === key);
    const entries = own.map((field) => fieldMarkup(field, catalogue));
    const first = entries.slice(0, SHOWN_AT_FIRST);
    const others = entries.slice(SHOWN_AT_FIRST);
    return html`<section class="panel" aria-labelledby="card-${key}"><h3 id="card-${key}">${title} <span class="count">${own.length}</span></h3>
      ${own.length === 0 ? html`<p class="empty-note">${empty}</p>` : html`<ul class="helds">${first}</ul>`}
      ${
        others.length > 0 &&
        html`<details class="others" data-fold="others ${key}"><summary>${others.length} more</summary><ul class="helds">${others}</ul></details>`
      }</section>`;
  })}`;
}

export function protectionMarkup({ isolated, words }: Protection, kept: boolean): Markup {
  const now = kept ? '' : 'No profile is kept now. This is how one would be: ';
  return html`<p class="state"><strong>${isolated ? 'Isolated' : 'Not isolated'}</strong></p><p>${now}${words}</p>`;
}

const HOUR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const ASKERS: Record<string, string> = {
  banner: 'by you',
  global_privacy_control: 'by your browser\u2019s privacy signal',
  consent_mode: 'by the shop\u2019s consent manager',
};

// What was agreed to and taken back, the newest first.
export function receiptsMarkup({ receipts }: Pick<Receipts, 'receipts'>): Markup {
  if (receipts.length === 0) return html`<p class="empty-note">You have agreed to nothing.</p>`;
  return html`<ul class="helds">${[...receipts]
    .reverse()
    .map(
      ({ timeMs, source, entries }) =>
        html`<li class="held"><div class="held-head"><h3>${HOUR.format(timeMs)}</h3><p class="held-value">${
          ASKERS[source] ?? source
        }</p></div>${entries.map(
          ({ purpose, choice }) =>
            html`<p class="held-why">${purposeText([purpose])}: ${choice}</p>`,
        )}</li>`,
    )}</ul>`;
}

const CALLERS: Record<string, string> = {
  'shelf:page': 'the shelf on these pages',
  reports: 'the totals you allowed',
  page: 'these pages',
  person: 'you',
  engine: 'the profile\u2019s own upkeep',
};

const OPERATIONS: Record<string, string> = {
  ingest: 'noted what you did',
  rank: 'sorted the shelf',
  segment: 'looked for a group you fit',
  decide: 'chose what to show',
  measure: 'counted',
  train: 'learned from it',
  backup: 'made a sealed copy',
  answer: 'answered a question',
  show: 'showed it to you',
  export: 'exported it for you',
  import: 'imported it for you',
  correct: 'set it right for you',
  erase: 'erased it for you',
  keep: 'kept it in order',
};

export function accessMarkup(rows: readonly AccessRow[]): Markup {
  if (rows.length === 0) {
    return html`<p class="empty-note">Nobody has used your profile yet.</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Who used your profile"><table>
    <thead><tr><th scope="col">Hour</th><th scope="col">Who</th><th scope="col">What for</th><th scope="col">What was done</th><th scope="col">Times</th><th scope="col">Refused</th></tr></thead>
    <tbody>${rows.map(
      ({ hourMs, caller, purpose, operation, allowed, refused }) =>
        html`<tr><td>${HOUR.format(hourMs)}</td><td>${CALLERS[caller] ?? caller}</td><td>${purposeText(
          [purpose],
        )}</td><td>${OPERATIONS[operation] ?? operation}</td><td>${allowed}</td><td>${refused}</td></tr>`,
    )}</tbody></table></div>`;
}

const SMALLEST_SHARE = 0.05; // of a hundred: less would be shown as 0.0

// The parts of one score; a bar's length is the part's share of all that speaks for or against.
export function contributionsMarkup(
  parts: readonly Contribution[],
  titleOf: (item: string) => string,
): Markup {
  const sum = parts.reduce((total, { points }) => total + Math.abs(points), 0);
  if (sum === 0) return html`<p class="empty-note">Nothing about you speaks for or against it.</p>`;
  const seen = parts.filter(({ points }) => (100 * Math.abs(points)) / sum >= SMALLEST_SHARE);
  return html`<ul class="parts">${seen.map((part) => {
    const share = ((100 * part.points) / sum).toFixed(1);
    const words = reasonWords(part, titleOf);
    return html`<li><span>${part.points < 0 ? `Against it: ${words}` : words}</span><meter min="0" max="100" value="${share.replace('-', '')}" aria-label="Share"></meter><span class="number">${share}%</span></li>`;
  })}</ul>`;
}
