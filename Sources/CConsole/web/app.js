// The frame around every page: who is signed in, how the line to the hub is, where one is.

import { get, Problem, send, setCsrf } from './api.js';
import { debounce, fill, find, h, isTyping, remember, tell, toast } from './dom.js';
import { live } from './live.js';
import { loadSites, packOf, siteName } from './pack.js';
import { searchBox } from './search.js';
import { ago, moment, setNow } from './time.js';
import { language, setLanguage, t } from './words.js';

/** What every page is given. */
export const desk = { session: null, status: null, pack: null, isHub: false, can: () => true };

const order = ['observer', 'clerk', 'supervisor', 'administrator'];
const pages = [
  [/^\/$/, () => import('./list.js')], [/^\/tickets\/([^/]+)$/, () => import('./ticket.js')],
  [/^\/new$/, () => import('./create.js')], [/^\/wall$/, () => import('./wall.js')],
  [/^\/conflicts$/, () => import('./reviews.js')], [/^\/decisions$/, () => import('./reviews.js')],
  [/^\/knowledge$/, () => import('./knowledge.js')],
  [/^\/refusals$/, () => import('./reviews.js')], [/^\/standards$/, () => import('./standards.js')],
];
let page = null;
/** Counts the pages shown: one that is ready only when another was asked for is closed again. */
let turn = 0;

const isDoor = (path) => path === '/sign-in' || path === '/welcome';

export function go(path, { replace = false } = {}) {
  if (page?.leave?.() === false) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  show();
}

async function show() {
  const { pathname } = location;
  const mine = ++turn;
  page?.close?.();
  page = null;
  if (isDoor(pathname)) return (await import('./signin.js')).open(pathname, start);
  if (!desk.session || desk.session.mustChangePassword) return start();
  if (pathname === '/password') return (await import('./signin.js')).open(pathname, start);
  if (!find('header.top')) frame();
  const [match, load] = pages.map(([pattern, load]) => [pattern.exec(pathname), load]).find(([match]) => match) ?? [];
  const main = find('#main');
  markPlace();
  if (!match) return fill(main, h('p.empty', t('noSuchPage')));
  try {
    const module = await load();
    if (turn !== mine) return;
    // A box of its own: what a page that was left still draws is seen by nobody.
    const box = h('div');
    const opened = await module.open(box, match[1] ? decodeURIComponent(match[1]) : pathname,
      new URLSearchParams(location.search));
    if (turn !== mine) return opened?.close?.();
    // It has the keys before it has its content: what is drawn can be used at once.
    page = opened;
    fill(main, box);
    await page?.begin?.();
  } catch (problem) {
    if (turn !== mine) return;
    fill(main,
      h('div.empty', h('p', explain(problem)), h('button', { type: 'button', onclick: show }, t('tryAgain'))));
  }
}

/** A refusal in words: the node's own where it gave any. */
export function explain(problem) {
  if (!(problem instanceof Problem)) {
    console.error(problem);
    return t('defect');
  }
  if (problem.status === 0) return t('unreachable');
  const status = t('status.' + problem.status);
  if (!problem.message) return status || t('refused', problem.status);
  // What the node has no Chinese for, it says in English; what kind of refusal it is stands before it.
  const isEnglish = !/[一-龥]/.test(problem.message);
  return language() === 'zh' && status && isEnglish ? `${status}：${problem.message}` : problem.message;
}

async function start() {
  try {
    desk.session = await get('/api/session');
  } catch (problem) {
    if (problem.status === 401) return go('/sign-in?next=' + encodeURIComponent(location.pathname + location.search),
      { replace: true });
    if (problem.status !== 404) return fill(find('#app'), h('p.empty', explain(problem)));
    desk.session = { name: '', access: 'administrator', csrf: '', roles: [] };
  }
  setCsrf(desk.session.csrf);
  if (desk.session.mustChangePassword && location.pathname !== '/welcome') {
    return (await import('./signin.js')).open('/password', start);
  }
  desk.can = (access) => order.indexOf(desk.session.access) >= order.indexOf(access);
  try {
    await Promise.all([poll(), loadSites()]);
    desk.pack = await packOf();
  } catch (problem) {
    return fill(find('#app'), h('p.empty', explain(problem)));
  }
  desk.isHub = desk.status.role === 'hub';
  frame();
  live.open();
  if (desk.isHub && location.pathname === '/' && !location.search) return go('/wall', { replace: true });
  show();
}

// The top bar.

async function poll() {
  try {
    desk.status = await get('/api/status');
    setNow(desk.status.now);
    drawLine();
  } catch (problem) {
    if (!desk.status) throw problem;
    drawLine(problem.status === 0);
  }
}

function lineText(isAway) {
  const { exchange, backlog, mode, role } = desk.status;
  if (isAway) return ['late', t('nodeAway')];
  if (mode === 'readOnly') return ['late', t('readOnly')];
  const waiting = backlog ? ' · ' + t('backlog', backlog) : '';
  if (role === 'hub') return ['ok', t('hubServes')];
  if (exchange.phase === 'open') return [backlog ? 'work' : 'ok', t('online') + waiting];
  return ['risk', (exchange.lastHeard ? t('offlineSince', moment(exchange.lastHeard)) : t('offline')) + waiting];
}

function drawLine(isAway = false) {
  const box = find('#line');
  if (!box) return;
  const [tone, text] = lineText(isAway);
  if (box.textContent === text) return;
  box.dataset.tone = tone;
  fill(box, h('i.dot', { 'aria-hidden': 'true' }), text);
  box.title = desk.status.exchange.lastHeard ? t('lastHeard', ago(desk.status.exchange.lastHeard)) : '';
  tell(text);
}

function link(path, text, access = 'observer') {
  return desk.can(access) ? h('a', { href: path }, text) : null;
}

function frame() {
  document.documentElement.lang = language() === 'en' ? 'en' : 'zh-CN';
  find('#skip').textContent = t('skip');
  const { session } = desk;
  document.title = siteName(desk.status.site) + ' · Tributary';
  fill(
    find('#app'),
    h('header.top',
      h('a.brand', { href: desk.isHub ? '/wall' : '/' }, h('i.mark', { 'aria-hidden': 'true' }),
        siteName(desk.status.site)),
      h('nav', { 'aria-label': t('places') },
        desk.isHub ? link('/wall', t('wall')) : null, link(desk.isHub ? '/?sort=due' : '/', t('desk')),
        link('/conflicts', t('conflicts')), link('/decisions', t('decisions')), link('/standards', t('standards')),
        link('/knowledge', t('knowledge'))),
      searchBox(go),
      h('span.line', { id: 'line', role: 'status' }),
      desk.can('clerk') ? h('a.button.first', { href: '/new', title: t('newTicket') + ' (N)' }, '＋ ' + t('newTicket'))
        : null,
      menu(session)),
    h('main', { id: 'main', tabindex: '-1' }));
  drawLine();
}

function menu(session) {
  const other = language() === 'en' ? 'zh' : 'en';
  const isDark = document.documentElement.dataset.theme === 'dark';
  return h('details.menu',
    h('summary', { 'aria-label': t('account') }, session.name || t('account')),
    h('div',
      session.name ? h('p.muted', session.name, ' · ', t('access.' + session.access)) : null,
      h('button',
        { type: 'button', lang: other === 'en' ? 'en' : 'zh-CN',
          onclick: () => { setLanguage(other); frame(); show(); } },
        other === 'en' ? 'English' : '中文'),
      h('button', {
        type: 'button',
        onclick: () => {
          document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
          localStorage.setItem('theme', isDark ? 'light' : 'dark');
          frame();
          show();
        },
        }, isDark ? t('light') : t('dark')),
      h('button', { type: 'button', onclick: showKeys }, t('keys') + ' (?)'),
      session.csrf ? h('button', { type: 'button', onclick: () => go('/password') }, t('changePassword')) : null,
      session.name ? h('button', { type: 'button', onclick: signOut }, t('signOut')) : null));
}

/** Drafts may hold what customers said: they go with whoever wrote them. */
async function signOut() {
  try { await send('DELETE', '/api/session'); } catch { /* The cookie is gone or the node is. */ }
  for (const name of Object.keys(localStorage)) if (name.startsWith('draft.')) remember(name, null);
  live.close();
  desk.session = null;
  location.assign('/sign-in');
}

function markPlace() {
  for (const anchor of document.querySelectorAll('header.top nav a')) {
    const isHere = new URL(anchor.href).pathname === location.pathname;
    if (isHere) anchor.setAttribute('aria-current', 'page'); else anchor.removeAttribute('aria-current');
  }
}

const showKeys = async () => (await import('./keys.js')).show();

// Anything on a page may be a link; the ones of ours never load the document again.

document.addEventListener('click', (event) => {
  const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const open = find('details.menu[open]');
  if (open && !open.contains(event.target)) open.open = false;
  if (!anchor || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(anchor.href);
  if (url.origin !== location.origin || anchor.hasAttribute('download') || anchor.target
    || url.pathname.startsWith('/api/')) return;
  if (anchor.getAttribute('href').startsWith('#')) return;
  event.preventDefault();
  go(url.pathname + url.search);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || find('dialog[open]')
    || !desk.session) return;
  if (event.key === '?') return showKeys();
  if (event.key === '/') {
    event.preventDefault();
    return find('#search')?.focus();
  }
  if (event.key === 'n' && desk.can('clerk')) return go('/new');
  page?.key?.(event);
});

document.addEventListener('signedout', debounce(50, () => {
  if (!desk.session) return;
  desk.session = null;
  live.close();
  find('dialog[open]')?.close();
  toast(t('signedOut'), 'risk');
  go('/sign-in?next=' + encodeURIComponent(location.pathname + location.search), { replace: true });
}));

addEventListener('popstate', show);
// What is folded is on paper too, and folded again after.
addEventListener('beforeprint', () => {
  for (const fold of document.querySelectorAll('main details:not([open], [data-far])')) {
    fold.open = true;
    addEventListener('afterprint', () => { fold.open = false; }, { once: true });
  }
});
setInterval(() => { if (desk.session && !document.hidden) poll(); }, 8000);
setInterval(() => { if (!document.hidden) page?.tick?.(); }, 20000);
// Who is not in yet is not asked who they are.
if (isDoor(location.pathname)) show(); else start();
