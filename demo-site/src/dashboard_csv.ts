// A batch as CSV (RFC 4180). A suppressed cell keeps its interval and has no count.
import type { Batch } from './dashboard_data.ts';

const COLUMNS = ['task', 'from', 'to', 'contributors', 'epsilon', 'label', 'count', 'low_95'];

// A field that a spreadsheet would take for a formula is made text (OWASP, "CSV Injection").
function field(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: readonly (string | number)[]): string => `${values.map(field).join(',')}\r\n`;

export function csvOf({ task, from, to, reports, epsilon, cells }: Batch): string {
  const when = [new Date(from).toISOString(), new Date(to).toISOString()];
  const rows = cells.map(({ label, count, low, high, suppressed }) =>
    line([
      task.name,
      ...when,
      reports,
      epsilon,
      label,
      suppressed ? '' : count,
      low,
      high,
      suppressed ? 'yes' : 'no',
    ]),
  );
  return line([...COLUMNS, 'high_95', 'suppressed']) + rows.join('');
}
