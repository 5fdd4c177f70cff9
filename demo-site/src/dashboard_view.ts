// The parts of the dashboard: for each task its contributors, what stands out, a chart with error bars,
// and the same as a table.

import { capital } from './catalogue.ts';
import type { Batch, Cell } from './dashboard_data.ts';
import { html, type Markup } from './markup.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const DAY_MS = 86_400_000;
const COUNT = new Intl.NumberFormat('en-GB');
const PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent' });

const CONVERSION = 'conversion_after_recommendation';
const WIDTH = 100; // of a bar's drawing, in its own units
const NAMED = 3; // at most so many in a sentence

export const periodText = ({ from, to }: Batch): string => {
  const last = Math.max(from, to - 1); // `to` is not included
  return last - from < DAY_MS ? DAY.format(from) : `${DAY.format(from)} to ${DAY.format(last)}`;
};

// Counts of people are not below zero, even where noise makes them so.
const shown = (count: number): string => COUNT.format(Math.max(0, Math.round(count)));

export function cellText({ count, low, high, suppressed }: Cell): string {
  if (suppressed) return `at most ${shown(high)}`;
  return low === high ? shown(count) : `${shown(count)}, give or take ${shown(high - count)}`;
}

// The four outcomes have an order of their own; kinds of products go by size.
export function inOrder({ task, cells }: Batch): Cell[] {
  if (task.measurement === CONVERSION) return cells;
  const others = cells.slice(-1);
  const kinds = cells.slice(0, -1).sort((a, b) => b.count - a.count);
  return [...kinds, ...others];
}

const place = (count: number, largest: number): string =>
  ((WIDTH * Math.max(0, count)) / largest).toFixed(2);

function bar({ count, low, high, suppressed }: Cell, largest: number): Markup {
  const [from, to] = [place(low, largest), place(high, largest)];
  const whisker =
    low === high
      ? ''
      : html`<path class="whisker" d="M${from} 5H${to}M${from} 2V8M${to} 2V8" vector-effect="non-scaling-stroke"/>`;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">${
    !suppressed && html`<rect class="count-bar" width="${place(count, largest)}" height="10"/>`
  }${whisker}</svg>`;
}

function chart(batch: Batch): Markup {
  const largest = Math.max(1, ...batch.cells.map(({ high }) => high));
  return html`<ul class="bars">${inOrder(batch).map(
    (cell) => html`<li class="${cell.suppressed ? 'bar-row suppressed' : 'bar-row'}">
      <span class="bar-label">${capital(cell.label)}</span>${bar(cell, largest)}<span class="bar-value">${cellText(cell)}</span></li>`,
  )}</ul>`;
}

// The share of those who were shown something that bought some of it; the bounds take the ends of all
// three intervals.
function conversionText([, nothing, other, bought]: Cell[]): string {
  if (!nothing || !other || !bought) return '';
  const share = (part: number, rest: number) => Math.max(0, part) / Math.max(1, part + rest);
  const middle = share(bought.count, nothing.count + other.count);
  const low = share(bought.low, nothing.high + other.high);
  const high = Math.min(1, share(bought.high, Math.max(0, nothing.low) + Math.max(0, other.low)));
  const range = low === high ? '' : ` (between ${PERCENT.format(low)} and ${PERCENT.format(high)})`;
  return `Of the visitors who were shown suggestions, ${PERCENT.format(middle)}${range} bought something that was suggested.`;
}

const andList = new Intl.ListFormat('en-GB', { type: 'conjunction' });

// A kind stands out when its interval is above all others'; "other" is not one kind.
function interestText(batch: Batch): string {
  const [first, ...rest] = inOrder(batch)
    .slice(0, -1)
    .filter(({ suppressed }) => !suppressed);
  if (!first) return 'Too few visitors contributed for any kind to stand out.';
  const near = [first, ...rest.filter(({ high }) => high >= first.low)];
  if (near.length === 1) {
    return `More visitors were interested in ${capital(first.label)} than in any other kind: ${cellText(first)}.`;
  }
  const names = near.slice(0, NAMED).map(({ label }) => capital(label));
  if (near.length > NAMED) names.splice(NAMED, 0, `${near.length - NAMED} more`);
  return `No one kind stands out: ${andList.format(names)} are too close to tell apart.`;
}

export function headlineText(batch: Batch): string {
  return batch.task.measurement === CONVERSION ? conversionText(batch.cells) : interestText(batch);
}

function precision({ epsilon, halfWidth, rule, cells, task }: Batch): Markup {
  if (epsilon === 0) {
    return html`<p class="fine">${task.isTest && html`<span class="badge">a test</span> `}No noise was added: the numbers are exact. Only a test may do that.</p>`;
  }
  const grey = cells.filter(({ suppressed }) => suppressed).length;
  return html`<p class="fine">Each number is off by a little on purpose, so that nobody can tell whether any one device contributed: with 95% certainty by no more than ${COUNT.format(
    halfWidth,
  )}, which the thin line on each bar shows. (Differential privacy, epsilon ${epsilon} for each report.)</p>${
    grey > 0 &&
    html`<p class="fine">${grey === 1 ? 'One row is' : `${grey} rows are`} left grey and without a number, which the noise alone could have made. The rule: ${rule}.</p>`
  }`;
}

function table(batch: Batch, caption: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}, as a table"><table>
    <thead><tr><th scope="col">What</th><th scope="col">Visitors</th><th scope="col">At least</th><th scope="col">At most</th></tr></thead>
    <tbody>${inOrder(batch).map(
      ({ label, count, low, high, suppressed }) =>
        html`<tr><th scope="row">${capital(label)}</th><td>${suppressed ? 'left out' : shown(count)}</td><td>${shown(low)}</td><td>${shown(high)}</td></tr>`,
    )}</tbody></table></div>`;
}

function period(batches: readonly Batch[], chosen: number, id: string): Markup {
  const texts = batches.map(periodText);
  if (texts.length === 1) return html`<dt>Period</dt><dd>${texts[0]}</dd>`;
  return html`<dt id="${id}-period">Period</dt><dd><select aria-labelledby="${id}-period" data-period="${id}">${texts.map(
    (text, i) => html`<option value="${i}"${i === chosen ? html` selected` : ''}>${text}</option>`,
  )}</select></dd>`;
}

// `batches`: those of one task; `id`: of the section, unique on the page.
export function taskMarkup(batches: readonly Batch[], chosen: number, id: string): Markup {
  const batch = batches[chosen];
  if (!batch) return html``;
  const { title } = batch.task;
  return html`<div class="section-head"><h2 id="${id}-title">${title}</h2></div>
    <p class="lead">${headlineText(batch)}</p>
    <dl class="task-facts"><div><dt>Contributions</dt><dd>${COUNT.format(batch.reports)}</dd></div><div>${period(
      batches,
      chosen,
      id,
    )}</div><div><dt>Never fewer than</dt><dd>${COUNT.format(batch.minimum)}</dd></div></dl>
    ${chart(batch)}${precision(batch)}
    <details><summary>Show as a table</summary>${table(batch, title)}</details>
    <p class="row"><button type="button" class="second" data-csv="${id}" aria-label="Download as CSV: ${title}">Download as CSV</button></p>`;
}
