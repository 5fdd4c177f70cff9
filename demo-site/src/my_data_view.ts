// The parts of the My data page.
import type { AccessRow, Contribution, Field, Protection } from './baya.ts';
import type { Catalogue } from './catalogue.ts';
import {
  CARDS,
  cardOf,
  isCorrectable,
  isInterest,
  itemOf,
  labelOf,
  purposeText,
  sourceText,
  valueText,
  whenText,
} from './fields.ts';
import { html, type Markup } from './markup.ts';
import { reasonWords } from './reasons.ts';

const SHOWN_AT_FIRST = 5;

function fact(name: string, value: string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function correction(field: Field, label: string): Markup | '' {
  if (!isCorrectable(field.field)) return '';
  const strengths = [
    ['', 'This is wrong, do not use it'],
    ['100', 'A little'],
    ['500', 'Quite'],
    ['900', 'Very much'],
  ] as const;
  const input = isInterest(field.field)
    ? html`<select name="value" aria-label="How much does it interest you: ${label}">${strengths.map(
        ([value, words]) => html`<option value="${value}">${words}</option>`,
      )}</select>`
    : html`<input name="value" aria-label="Correct value of ${label}" placeholder="Empty: do not use it">`;
  return html`<details class="correct"><summary>Correct</summary><form data-correct="${field.field}">${input}<button type="submit" class="small" aria-label="Save the correction of ${label}">Save</button></form></details>`;
}

function fieldMarkup(field: Field, catalogue: Catalogue): Markup {
  const label = labelOf(field.field, (item) => catalogue.titleOf(item));
  const item = itemOf(field.field);
  return html`<li class="held">
    <div class="held-head"><h4>${label}</h4><p class="held-value">${valueText(field)}</p>${
      field.inferred && html`<p class="badge">a guess</p>`
    }</div>
    <dl>${fact('From', sourceText(field))}${fact('Used for', purposeText(field.purpose) || 'nothing')}${fact(
      'Since',
      whenText(field.since),
    )}${fact('Kept until', whenText(field.expires, 'you say so'))}${fact(
      'Last used',
      whenText(field.lastUsed, 'not yet'),
    )}</dl>
    <div class="held-actions">${correction(field, label)}${
      item &&
      html`<button type="button" class="quiet" data-forget="${item}" aria-label="Forget everything about ${catalogue.titleOf(item)}">Forget</button>`
    }</div>
  </li>`;
}

// The four cards; the longer ones folded.
export function cardsMarkup(fields: Field[], catalogue: Catalogue): Markup {
  return html`${CARDS.map(({ key, title, empty }) => {
    const own = fields.filter(({ field }) => cardOf(field) === key);
    const entries = own.map((field) => fieldMarkup(field, catalogue));
    const first = entries.slice(0, SHOWN_AT_FIRST);
    const others = entries.slice(SHOWN_AT_FIRST);
    return html`<section class="panel" aria-labelledby="card-${key}"><h3 id="card-${key}">${title} <span class="count">${own.length}</span></h3>
      ${own.length === 0 ? html`<p class="empty-note">${empty}</p>` : html`<ul class="helds">${first}</ul>`}
      ${
        others.length > 0 &&
        html`<details class="others"><summary>${others.length} more</summary><ul class="helds">${others}</ul></details>`
      }</section>`;
  })}`;
}

export function protectionMarkup(protection: Protection): Markup {
  const { isolated, storage, persisted, words } = protection;
  return html`<p class="state"><strong>${isolated ? 'Isolated' : 'Not isolated'}</strong> ${
    isolated
      ? 'The part that holds your profile has no network: the browser refuses it every connection.'
      : 'This browser did not confirm that the part that holds your profile has no network.'
  }</p><p>${words}</p><p class="fine">${
    storage === 'memory'
      ? 'Kept in memory only: it is gone when the last tab closes.'
      : 'Kept encrypted in this browser\u2019s own database.'
  }${storage !== 'memory' && (persisted ? ' The browser promised not to clear it by itself.' : ' The browser may clear it when space runs out.')}</p>`;
}

const HEADINGS: Record<string, string> = {
  hour: 'Hour',
  caller: 'Who',
  purpose: 'What for',
  operation: 'What was done',
  count: 'Times',
};

function cellText(key: string, value: unknown): string {
  if (key === 'hour' && (typeof value === 'number' || typeof value === 'string')) {
    const date = new Date(value);
    if (!Number.isNaN(date.getTime())) {
      return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    }
  }
  return key === 'purpose' ? purposeText(value) : String(value ?? '');
}

export function accessMarkup(rows: AccessRow[]): Markup {
  const [first] = rows;
  if (!first) return html`<p class="empty-note">Nobody has used your profile yet.</p>`;
  const keys = Object.keys(first);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Who used your profile"><table><thead><tr>${keys.map(
    (key) => html`<th scope="col">${HEADINGS[key] ?? key}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${keys.map((key) => html`<td>${cellText(key, row[key])}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

// The parts of one score; a bar's length is the part's share of all that speaks for the item.
export function contributionsMarkup(
  parts: Contribution[],
  titleOf: (item: string) => string,
): Markup {
  const sum = parts.reduce((total, { points }) => total + Math.abs(points), 0);
  if (sum === 0) return html`<p class="empty-note">Nothing speaks for or against it.</p>`;
  return html`<ul class="parts">${parts.map(({ code, because, points }) => {
    const share = (100 * points) / sum;
    const reason = { code, share: share / 100, ...(because === undefined ? {} : { because }) };
    return html`<li><span>${reasonWords(reason, titleOf)}</span><meter min="0" max="100" value="${Math.abs(share).toFixed(1)}" aria-label="Share"></meter><span class="number">${share.toFixed(1)} %</span></li>`;
  })}</ul>`;
}
