// One box for everything: a number, a name, two characters of what was said.

import { get, getOr, query } from './api.js';
import { debounce, fill, h, tell } from './dom.js';
import { siteName } from './pack.js';
import { t } from './words.js';

const asNumber = /^[A-Za-z]{2}-?[0-9A-Za-z]{3,}$/;

async function ask(text, signal) {
  const found = text.length >= 2
    ? await getOr('/api/search' + query({ q: text, limit: 12 }), null) : { results: [] };
  if (signal.aborted) return null;
  if (found) return found;
  // A node without an index finds whole numbers.
  if (!asNumber.test(text)) return { results: [] };
  const { tickets } = await get('/api/tickets' + query({ number: text, limit: 10 }));
  return { results: tickets };
}

export function searchBox(go) {
  const list = h('ul', { id: 'found', role: 'listbox', 'aria-label': t('found'), hidden: true });
  let options = [];
  let chosen = -1;
  let asking = new AbortController();

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    chosen = -1;
  };
  const choose = (index) => {
    options[chosen]?.removeAttribute('aria-selected');
    chosen = (index + options.length) % options.length;
    options[chosen].setAttribute('aria-selected', 'true');
    options[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[chosen].id);
  };
  const look = debounce(180, async () => {
    const text = input.value.trim();
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!text) return close();
    const found = await ask(text, signal).catch(() => ({ results: [] }));
    if (signal.aborted || !found) return;
    const { results, more } = found;
    options = results.map((result, index) =>
      h('li', { role: 'option', id: 'found-' + index,
        onmousedown: (event) => { event.preventDefault(); take(result); } },
        h('b.number', result.number), ' ', h('span', result.subject ?? ''),
        result.snippet ? h('small', result.snippet) : result.home ? h('small', siteName(result.home)) : null));
    options.forEach((option, index) => { option.result = results[index]; });
    fill(list, options.length ? options : h('li.none', t('nothingFound')), more ? h('li.none', t('moreFound')) : null);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    tell(t('foundCount', results.length));
  });
  const take = (result) => {
    close();
    input.value = '';
    input.blur();
    go('/tickets/' + encodeURIComponent(result.number));
  };
  const input = h('input', {
    id: 'search', type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'found',
    'aria-autocomplete': 'list', autocomplete: 'off', placeholder: t('searchHint'), 'aria-label': t('search'),
    oninput: (event) => { if (!event.isComposing) look(); }, oncompositionend: () => look(), onblur: close,
    onkeydown: (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Escape') {
        close();
        input.blur();
      } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length && !list.hidden) {
        event.preventDefault();
        choose(chosen < 0 && event.key === 'ArrowUp' ? options.length - 1
          : chosen + (event.key === 'ArrowDown' ? 1 : -1));
      } else if (event.key === 'Enter') {
        event.preventDefault();
        const option = options[Math.max(0, chosen)];
        if (option && !list.hidden) take(option.result); else look();
      }
    },
  });
  return h('div.search', { role: 'search' }, input, list);
}
