// Elements are made here and nowhere else: children become text nodes, so data is never read as markup.

const svgTags = new Set(['svg', 'path', 'rect', 'line', 'circle', 'g', 'text', 'polyline', 'title']);

/** `h('button.plain', {onclick}, 'text', child, [children])`; null and false are left out. */
export function h(spec, ...rest) {
  const [tag, ...classes] = spec.split('.');
  const isSVG = svgTags.has(tag) && !(tag === 'title');
  const element = isSVG
    ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  const first = rest[0];
  if (first && typeof first === 'object' && !(first instanceof Node) && !Array.isArray(first)) set(element,
    rest.shift());
  add(element, rest);
  return element;
}

function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'value' && 'value' in element) element.value = value;
    else if (name === 'class') element.classList.add(...String(value).split(' ').filter(Boolean));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** Draws a part of the page anew and leaves the reader where they were: scrolled, unfolded, focused as before. */
export function redraw(part, job) {
  const reachable = () => [...part.querySelectorAll('a[href], button, summary, input, select, [tabindex]')];
  const folds = () => [...part.querySelectorAll('details')];
  const place = scrollY;
  const unfolded = folds().map((one) => one.open);
  const at = reachable().indexOf(document.activeElement);
  const name = document.activeElement?.textContent;
  job();
  const now = folds();
  if (now.length === unfolded.length) now.forEach((one, index) => { one.open = one.open || unfolded[index]; });
  const focus = at < 0 ? null : reachable()[at];
  if (focus && focus.textContent === name) focus.focus({ preventScroll: true });
  scrollTo(0, place);
}

export const find = (selector, root = document) => root.querySelector(selector);

/** Tells a screen reader without moving the focus. */
export function tell(text) { find('#live').textContent = text; }

export function toast(text, tone = 'ok') {
  const box = h('p.toast', { 'data-tone': tone, role: tone === 'late' ? 'alert' : 'status' }, text);
  find('#toasts').append(box);
  setTimeout(() => box.remove(), tone === 'late' ? 9000 : 4000);
}

/** True while a key belongs to an input method or to a field. */
export function isTyping(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.target;
  return target instanceof Element
    && (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null);
}

/** Runs a job once calls have ceased for so long, and while they do not cease, after four times that. */
export function debounce(milliseconds, job) {
  let timer = 0;
  let since = 0;
  return (...values) => {
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(() => { since = 0; job(...values); },
      Math.min(milliseconds, since + 4 * milliseconds - Date.now()));
  };
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* Nothing is kept then; the page works on. */ }
}

export function recall(name, fallback = null) {
  try { return JSON.parse(localStorage.getItem(name)) ?? fallback; } catch { return fallback; }
}

/** A modal dialog with a heading; returns it open. Closing it removes it and gives the focus back. */
export function dialog(heading, body, { wide = false, onclose } = {}) {
  const before = document.activeElement;
  const title = h('h2', { id: 'dialog-title' }, heading);
  const box = h('dialog', { 'aria-labelledby': 'dialog-title', class: wide ? 'wide' : '' }, title, body);
  box.addEventListener('close', () => {
    box.remove();
    onclose?.();
    (before?.isConnected ? before : find('#main'))?.focus({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
  return box;
}
