// The node's stream of changed tickets. One stream a visible page: a hidden one gives its place back.

import { debounce } from './dom.js';

const listeners = new Set();
/** A node that has no place for one more stream is asked again after as much, and up to twice that. */
const pauseMilliseconds = 5000;
let source = null;
let wanted = false;

function open() {
  if (!wanted || source || document.hidden) return;
  source = new EventSource('/api/events');
  const mine = source;
  // A browser asks again by itself after a break, and never after a refusal.
  mine.onerror = () => {
    if (source !== mine || mine.readyState !== 2) return;
    close();
    setTimeout(open, pauseMilliseconds * (1 + Math.random()));
  };
  const all = debounce(300, () => each((listener) => listener.all?.()));
  source.addEventListener('begin', all);
  source.addEventListener('reset', all);
  source.addEventListener('ticket', (event) => {
    let ticket;
    try { ticket = JSON.parse(event.data); } catch { return; }
    each((listener) => listener.ticket?.(ticket));
  });
}

function each(job) { for (const listener of [...listeners]) job(listener); }

function close() {
  source?.close();
  source = null;
}

document.addEventListener('visibilitychange', () => { if (document.hidden) close(); else open(); });

export const live = {
  open() {
    wanted = true;
    open();
  },
  close() {
    wanted = false;
    close();
  },
  isOpen: () => source?.readyState === 1,
  /** @returns what ends it. `all` is called when anything may have changed, `ticket` for each that did. */
  listen(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
