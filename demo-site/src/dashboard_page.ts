// What the shop learns: sums alone, read from the collector's files.
import { csvOf } from './dashboard_csv.ts';
import { type Batch, type Collected, loadCollected } from './dashboard_data.ts';
import { taskMarkup } from './dashboard_view.ts';
import { find, html, setMarkup } from './markup.ts';

class TaskSection {
  #chosen = 0;
  constructor(
    readonly element: HTMLElement,
    readonly id: string,
    readonly batches: readonly Batch[],
  ) {
    element.addEventListener('change', (event) => {
      const select = event.target as HTMLSelectElement;
      if (select.dataset.period) this.#choose(Number(select.value));
    });
    element.addEventListener('click', (event) => {
      if ((event.target as Element).closest('[data-csv]')) this.#download();
    });
    this.#show();
  }

  #show(): void {
    setMarkup(this.element, taskMarkup(this.batches, this.#chosen, this.id));
  }

  #choose(index: number): void {
    this.#chosen = index;
    this.#show();
    find<HTMLElement>('[data-period]', this.element).focus();
  }

  #download(): void {
    const batch = this.batches[this.#chosen];
    if (!batch) return;
    const address = URL.createObjectURL(new Blob([csvOf(batch)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${batch.task.name}-${new Date(batch.from).toISOString().slice(0, 10)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}

function show({ tasks, broken, oneMachine }: Collected): void {
  find<HTMLElement>('#one-machine').hidden = !oneMachine;
  const place = find('#tasks');
  setMarkup(
    place,
    html`${tasks.map(
      (_, i) =>
        html`<section id="task-${i}" class="panel" aria-labelledby="task-${i}-title"></section>`,
    )}${broken.map((name) => html`<p class="empty">${name} could not be read.</p>`)}`,
  );
  tasks.forEach((batches, i) => {
    new TaskSection(find<HTMLElement>(`#task-${i}`, place), `task-${i}`, batches);
  });
}

async function start(): Promise<void> {
  const collected = await loadCollected();
  if (collected) show(collected);
  else find<HTMLElement>('#nothing').hidden = false;
  find('#dashboard').removeAttribute('aria-busy');
}

start();
