// What a page tells its test while it may be killed at any time: lines that arrive in order, each
// before the next is sent. A line that did not arrive was not heard by anybody.

/** For a page, before anything else of it. `tell` resolves once the line has arrived. */
export const tellScript = `
  globalThis.tell = (() => {
    let lines = [];
    let sending;
    const send = async () => {
      await undefined;
      const body = JSON.stringify(lines);
      lines = [];
      sending = undefined;
      await fetch('/told', { method: 'POST', body });
    };
    let last = Promise.resolve();
    return (...line) => {
      lines.push(line);
      sending ??= last = last.then(send);
      return sending;
    };
  })();`;

/** Adds the route; `heard(line)` is called for each. */
export function listen(server, heard) {
  server.routes['/told'] = ({ body }) => {
    // One that was cut off by a kill was not sent to its end.
    let lines = [];
    try {
      lines = JSON.parse(body.toString());
    } catch {}
    for (const line of lines) heard(...line);
    return { body: '' };
  };
}
