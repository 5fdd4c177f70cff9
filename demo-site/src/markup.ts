// Markup whose parts are escaped unless they are markup themselves.

export class Markup {
  constructor(readonly text: string) {}
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

export type Part = Markup | string | number | false | null | undefined | readonly Part[];

function toText(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(toText).join('');
  return escapeText(String(part));
}

// html`<a href="${address}">${title}</a>`: attributes must stand in double quotes.
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.map((text, i) => text + toText(parts[i])).join(''));
}

// Text that is known to be markup, such as a drawing.
export const raw = (text: string): Markup => new Markup(text);

export function setMarkup(element: Element, markup: Markup): void {
  element.innerHTML = markup.text;
}

export function find<E extends Element>(selector: string, within: ParentNode = document): E {
  const element = within.querySelector<E>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}
