// The province at a glance: every branch, how fresh its figures are, what rises, what waits to be decided.

import { announced, publish, strips } from './announce.js';
import { actionsOf, run } from './actions.js';
import { desk } from './app.js';
import { get, getOr, query, send } from './api.js';
import { marks, stage, timeLeft } from './badge.js';
import { shareBar, usualBar } from './charts.js';
import { debounce, dialog, fill, h, redraw, tell, toast } from './dom.js';
import { live } from './live.js';
import { allSites, older, siteName } from './pack.js';
import { ago, moment, now, setNow } from './time.js';
import { t } from './terms.js';

/** After so long without a word a branch's figures are called old, then unknown. */
const staleMilliseconds = 2 * 60 * 1000;
const silentMilliseconds = 10 * 60 * 1000;
/** What the province does with a branch's ticket without opening it. */
const interventions = ['supervise', 'liftSupervision', 'take', 'giveBack', 'reassign', 'announce'];

export const open = (main) => new Wall(main);

class Wall {
  constructor(main) {
    this.main = main;
    this.order = ['overdue', -1];
  }

  async begin() {
    await this.load();
    if (this.isClosed) return;
    this.unlisten = live.listen({ all: () => this.refresh(), ticket: () => this.refresh() });
  }

  close() {
    this.isClosed = true;
    this.unlisten?.();
  }

  refresh = debounce(1500, () => this.load().catch(() => {}));

  tick() { this.refresh(); }

  async load() {
    const [figures, status, due, waiting, incidents, urgent, heard, reviews] = await Promise.all([
      get('/api/wall'), get('/api/status'), get('/api/due'), get('/api/decisions?state=open&limit=1'),
      getOr('/api/incidents?limit=5', { incidents: [] }),
      get('/api/tickets?due=overdue&sort=due&limit=12'), announced({}),
      Promise.all(votes().map(async ([name, path]) =>
        [name, path, (await get(`/api/tickets${path}&limit=1`)).total])),
    ]);
    setNow(status.now);
    if (this.isClosed) return;
    Object.assign(this,
      { figures, status, due, waiting: waiting.total, incidents: incidents.incidents, urgent: urgent.tickets,
        heard, reviews });
    await older(desk.pack, [...urgent.tickets, ...(figures.categories ?? [])]);
    if (this.isClosed) return;
    this.draw();
  }

  rows() {
    const peers = new Map((this.status.peers ?? []).map((peer) => [peer.site, peer]));
    const figures = new Map(this.figures.branches.map((branch) => [branch.site, branch]));
    return allSites().filter((site) => site.role === 'branch' && !site.revoked).map((site) => {
      const peer = peers.get(site.site);
      const heard = peer?.lastHeard ?? null;
      const age = heard ? now() - Date.parse(heard) : Infinity;
      const isSilent = age > silentMilliseconds;
      // What has no figures has no tickets. What happened today where nobody is heard is not known to be nothing.
      const branch = figures.get(site.site) ?? (isSilent ? {} : nothing);
      const today = (name) => isSilent ? branch.today?.[name] || null : branch.today[name];
      return {
        ...branch, site: site.site, peer, heard,
        freshness: isSilent ? 'silent' : age > staleMilliseconds ? 'old' : 'fresh',
        backlog: peer?.backlog, lag: peer?.lag, opened: today('opened'), done: today('done'),
        standard: peer?.missingStandards?.length ? t('missing', peer.missingStandards.join('、'))
          : this.status.standard?.version,
      };
    });
  }

  draw() { redraw(this.main, () => this.render()); }

  render() {
    const rows = this.rows();
    // Of every branch that has figures, as the lists behind are.
    const sum = (name) => this.figures.branches.reduce((total, one) => total + (one[name] ?? one.today[name]), 0);
    const silent = rows.filter((row) => row.freshness === 'silent').length;
    const { day } = this.figures;
    fill(this.main, h('div.wall',
      h('header.wall-head', h('h1', t('wall')),
        h('p.muted', t('dataAsOf', moment(this.figures.asOf)),
          silent ? [' · ', h('b', { 'data-tone': 'late' }, t('silentBranches', silent))] : ''),
        h('span.grow'),
        h('button.quiet', { type: 'button', onclick: () => document.documentElement.requestFullscreen?.() },
          t('fullScreen')),
        desk.isHub && desk.can('supervisor') ? h('button', { type: 'button', onclick: () => this.announce({}) },
          t('act.announce')) : null),
      h('ul.figures',
        figure(t('today.opened'), sum('opened'), '/?opened=' + day),
        figure(t('today.done'), sum('done'), '/?closed=' + day, 'ok'),
        figure(t('wall.open'), sum('open'), '/?open=true'),
        figure(t('queue.atRisk'), this.due.atRisk, '/?due=atRisk&sort=due', 'risk'),
        figure(t('queue.overdue'), sum('overdue'), '/?due=overdue&sort=due', 'late'),
        figure(t('unconfirmed'), sum('unconfirmed'), '/?due=unconfirmed&sort=due', 'wait'),
        figure(t('conflicts'), sum('conflicts'), '/?conflicts=open', 'risk'),
        figure(t('decisions'), this.waiting, '/decisions?state=open', 'work')),
      strips(this.heard, () => this.load(), this.figures.announced),
      h('div.wall-columns',
        h('div.wall-side', h('section.card.branches', h('h2', t('branches')), this.table(rows)), this.worst()),
        h('div.wall-side', this.categories(), this.decisions(), this.departments(), this.troubles()))));
  }

  table(rows) {
    const [by, way] = this.order;
    const rank = (row) => row[by] ?? -1;
    const sorted = [...rows].sort((one, other) =>
      way * ((typeof rank(one) === 'string' ? String(rank(one)).localeCompare(String(rank(other)))
        : rank(one) - rank(other))) || (one.site < other.site ? -1 : 1));
    const columns = [['site', t('branch')], ['opened', t('today.opened')], ['done', t('today.done')],
      ['open', t('wall.open')], ['overdue', t('queue.overdue')],
      ['share', t('overdueShare')], ['unconfirmed', t('unconfirmed')], ['conflicts', t('conflicts')],
      ['backlog', t('backlogThere')], ['lag', t('lag')], ['latency', t('latency')], ['standard', t('standard')],
      ['software', t('software')]];
    const sortable = ['site', 'opened', 'done', 'open', 'overdue', 'unconfirmed', 'conflicts', 'backlog', 'lag'];
    return h('div.scroll', h('table.grid',
      h('thead',
        h('tr', columns.map(([id, label]) =>
          h('th', { scope: 'col', 'aria-sort': id === by ? (way < 0 ? 'descending' : 'ascending') : null },
            sortable.includes(id) ? h('button.quiet', {
              type: 'button', onclick: () => { this.order = [id, id === by ? -way : -1]; this.draw(); tell(label); },
              }, label, id === by ? (way < 0 ? ' ↓' : ' ↑') : '') : label)))),
      h('tbody', sorted.map((row) => this.branch(row)))));
  }

  branch(row) {
    const { peer } = row;
    const isSilent = row.freshness === 'silent';
    const number = (value, path, tone) => h('td.n', value === null || value === undefined ? '–'
      : path && value
        ? h('a', { href: path, 'data-tone': value && !isSilent ? tone : null }, value.toLocaleString('en'))
        : value.toLocaleString('en'));
    const home = 'home=' + row.site;
    const { day } = this.figures;
    return h('tr', { class: row.freshness },
      h('th', { scope: 'row' }, h('a', { href: '/?' + home }, siteName(row.site)),
        h('small', { 'data-tone': { fresh: 'ok', old: 'risk', silent: 'off' }[row.freshness] },
          row.heard ? t('heard', ago(row.heard)) : t('neverHeard'))),
      number(row.opened, `/?${home}&opened=${day}`), number(row.done, `/?${home}&closed=${day}`),
      number(row.open, `/?${home}&open=true`),
      number(row.overdue, `/?due=overdue&${home}&sort=due`, 'late'),
      h('td', row.open ? shareBar(row.overdue ?? 0, row.open, isSilent) : '–'),
      number(row.unconfirmed, `/?due=unconfirmed&${home}&sort=due`, 'wait'),
      number(row.conflicts, `/?conflicts=open&${home}`, 'risk'), number(row.backlog), number(row.lag),
      h('td.n',
        peer?.latencyMilliseconds ? `${peer.latencyMilliseconds.p50} / ${peer.latencyMilliseconds.p95} ms` : '–'),
      h('td', row.standard ?? '–'),
      h('td', peer?.software ?? '–',
        peer && peer.skew !== 'ok' ? h('span.tag', { 'data-tone': 'risk' }, t('skewed')) : null,
        peer?.superseded ? h('span.tag', { 'data-tone': 'late' }, t('superseded')) : null));
  }

  /** What is over its time for longest. */
  worst() {
    if (!this.urgent.length) return null;
    const { pack } = desk;
    return h('section.card', h('h2', t('worst')),
      h('div.scroll', h('table.grid', h('tbody', this.urgent.map((ticket) => h('tr',
        h('td', h('a.number', { href: '/tickets/' + ticket.number }, ticket.number)),
        h('td', ticket.subject, ticket.customer ? h('small', ticket.customer.name) : null),
        h('td', siteName(ticket.home)),
        h('td', stage(pack, ticket.type, ticket.state),
          h('small', pack?.department(ticket.department ?? ticket.due?.department))),
        h('td', timeLeft(ticket.due)),
        h('td', ticket.expedites ? h('span.tag', { 'data-tone': 'risk' }, t('expedited') + ' ×' + ticket.expedites)
          : ''),
        desk.isHub && desk.can('clerk') ? h('td', marks(ticket), h('button.quiet',
          { type: 'button', onclick: () => this.intervene(ticket.number) }, t('intervene'))) : null))))));
  }

  announce(values) { publish(values, () => this.load()); }

  /** What the province can do with a ticket, without leaving the wall. */
  async intervene(number) {
    const { data: { ticket }, etag } = await send('GET', '/api/tickets/' + number);
    const page = { ticket, pack: desk.pack, etag, load: () => this.load() };
    const box = dialog(number + ' · ' + ticket.subject, h('p.buttons',
      actionsOf(page).filter((one) => interventions.includes(one.id))
        .map((one) => h('button', { type: 'button', title: one.reason || null,
          'aria-disabled': one.reason ? 'true' : null,
          onclick: () => { if (one.reason) return toast(one.reason, 'risk'); box.close(); run(page, one); } },
        one.label)), h('button', { type: 'button', onclick: () => box.close() }, t('cancel'))));
  }

  categories() {
    const list = [...(this.figures.categories ?? [])].sort((one, other) =>
      (other.today - (other.usual ?? 0)) - (one.today - (one.usual ?? 0))).slice(0, 10);
    if (!list.length) return null;
    const most = Math.max(...list.flatMap((one) => [one.today, one.usual ?? 0]), 1);
    const path = (one) => '/' + query({ category: one.category, opened: this.figures.day });
    return h('section.card', h('h2', t('rising')), h('ul.rising', list.map((one) => h('li',
      h('a', { href: path(one) }, desk.pack?.category(one.category) ?? one.category),
      usualBar(one, most),
      h('b', h('a', { href: path(one) }, String(one.today))),
      one.suggested && desk.can('supervisor')
        ? h('button.quiet', { type: 'button', onclick: () => this.announce({ category: one.category }) },
          t('suggestAnnouncing')) : null,
      h('small.muted',
        one.usual === null || one.usual === undefined ? '' : t('usual', Math.round(one.usual * 10) / 10))))));
  }

  decisions() {
    const reviews = this.reviews.map(([name, path, count]) => h('li', h('a', { href: '/' + path }, name, ' ', count)));
    return h('section.card', h('h2', t('toDecide')), h('ul.plain',
      h('li', h('a', { href: '/decisions?state=open' }, t('refundsWaiting', this.waiting))), reviews,
      this.status.refusedChanges
        ? h('li', h('a', { href: '/refusals' }, t('refusedChanges', this.status.refusedChanges))) : null));
  }

  departments() {
    const list = this.due.departments.filter((one) => one.department && one.open)
      .sort((one, other) => other.overdue - one.overdue || other.open - one.open).slice(0, 8);
    if (!list.length) return null;
    const cell = (one, name, filter, tone) => h('td.n',
      h('a', { href: `/?department=${one.department}${filter}&sort=due`, 'data-tone': one[name] ? tone : null },
        String(one[name])));
    return h('section.card', h('h2', t('byDepartment')),
      h('table.grid',
        h('thead',
          h('tr', [t('field.department'), t('wall.open'), t('queue.atRisk'),
            t('queue.overdue')].map((label) => h('th', { scope: 'col' }, label)))),
        h('tbody',
          list.map((one) =>
            h('tr', h('th', { scope: 'row' },
              h('a', { href: '/?department=' + one.department }, desk.pack?.department(one.department))),
              cell(one, 'open', ''), cell(one, 'atRisk', '&due=atRisk', 'risk'),
              cell(one, 'overdue', '&due=overdue', 'late'))))));
  }

  troubles() {
    const lines = [];
    if (this.status.mode === 'readOnly') lines.push([this.status.modeReason, 'late']);
    if (this.status.doubt) lines.push([this.status.doubt + ' ' + (this.status.remedy ?? ''), 'late']);
    if (this.status.gathering) lines.push([t('gathering', this.status.awaited.map(siteName).join('、')), 'risk']);
    if (this.status.clock?.doubt) lines.push([this.status.clock.doubt, 'late']);
    for (const incident of this.incidents) lines.push(
      [`${moment(incident.at)} ${siteName(incident.site)} · ${incident.text}`, 'wait']);
    return h('section.card', h('h2', t('incidents')),
      lines.length ? h('ul.plain', lines.map(([text, tone]) => h('li', { 'data-tone': tone }, text)))
        : h('p.muted', t('noIncidents')));
  }
}

const nothing = { today: { opened: 0, done: 0 }, open: 0, overdue: 0, unconfirmed: 0, conflicts: 0 };

/** Reviews that wait for votes, by type: what it is called, and where they are listed. */
const votes = () => [...desk.pack?.types.values() ?? []].filter((type) => type.review).map((type) => [
  desk.pack.typeName(type.id), query({ type: type.id, open: 'true', state: type.transitions.find((rule) =>
    rule.guards?.some((one) => one.guard === 'reviewPassed'))?.from[0] })]);

function figure(label, value, path, tone) {
  const number = h('b', { 'data-tone': value ? tone : null },
    value === null || value === undefined ? '–' : value.toLocaleString('en'));
  return h('li', path ? h('a', { href: path }, number, h('span', label)) : h('span', number, h('span', label)));
}
