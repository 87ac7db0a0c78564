// A ticket: where it stands, what presses, what happened, whose it is, what can be done.

import { announced, strips } from './announce.js';
import { desk, explain, go } from './app.js';
import { newKey, post, query, send } from './api.js';
import { actionsOf, run } from './actions.js';
import { marks, stage } from './badge.js';
import { clocksView } from './clocks.js';
import { conflictsView } from './conflicts.js';
import { customerView } from './customer.js';
import { debounce, fill, h, redraw, tell, toast } from './dom.js';
import { listed } from './list.js';
import { ofTicket } from './knowledge.js';
import { live } from './live.js';
import { named, packOf, siteName, yuan } from './pack.js';
import { stageLine } from './stages.js';
import { whole } from './time.js';
import { size, timelineView } from './timeline.js';
import { t } from './terms.js';

export const open = (main, number) => new TicketPage(main, number);

class TicketPage {
  constructor(main, number) {
    this.main = main;
    this.number = number;
    this.tab = 'timeline';
    this.known = h('div');
    this.actions = [];
  }

  async begin() {
    await this.load();
    if (this.isClosed) return;
    this.unlisten = live.listen({
      all: () => this.refresh(),
      ticket: (ticket) => { if (ticket.id === this.ticket?.id) this.refresh(); },
    });
  }

  close() {
    this.isClosed = true;
    this.unlisten?.();
  }

  refresh = debounce(250, () => this.load(true).catch(() => {}));

  tick() {
    if (this.ticket) this.draw();
    this.refresh();
  }

  async load(isAgain = false) {
    const { data, etag } = await send('GET', '/api/tickets/' + encodeURIComponent(this.number));
    const { category, home } = data.ticket;
    const heard = category ? await announced({ state: 'current', category, site: home }) : [];
    const isHeard = JSON.stringify(heard) === JSON.stringify(this.announced);
    this.announced = heard;
    if (this.isClosed || (isAgain && isHeard && etag === this.etag
      && JSON.stringify(data.ticket) === this.text)) return;
    this.etag = etag;
    this.text = JSON.stringify(data.ticket);
    this.ticket = data.ticket;
    this.pack = (await packOf(this.ticket.standard?.version).catch(() => null)) ?? desk.pack;
    if (this.isClosed) return;
    this.draw();
    ofTicket(this.ticket, this.known, () => this.load(true), !this.pack?.isFinal(this.ticket.type, this.ticket.state));
    if (isAgain) tell(t('ticketChanged', this.ticket.number));
    document.title = this.ticket.number + ' · ' + this.ticket.subject;
  }

  draw() { redraw(this.main, () => this.render()); }

  render() {
    const { ticket, pack } = this;
    fill(this.main, h('article.ticket', this.head(),
      pack?.isFinal(ticket.type, ticket.state) ? null : strips(this.announced, () => this.load(true)),
      h('div.columns',
        h('div.middle',
          h('section.card.stages', { 'aria-label': t('column.stage') }, stageLine(ticket, pack)),
          ticket.steps ? h('section.card', h('h2', t('steps')), this.steps()) : null,
          ticket.review ? this.review() : null,
          ticket.openConflicts ? h('section.card.alert', h('h2', t('conflicts')), conflictsView(this)) : null,
          h('section.card', { 'aria-label': t('details') }, this.tabs())),
        h('aside.side', { 'aria-label': t('customer') },
          h('section.card', h('h2', t('clocks')), clocksView(ticket, pack)),
          customerView(ticket, pack),
          this.family(), this.wordings(), this.known))));
  }

  head() {
    const { ticket, pack } = this;
    const at = listed.numbers.indexOf(ticket.number);
    const neighbour = (index, text, label) => listed.numbers[index]
      ? h('a.button.quiet', { href: '/tickets/' + listed.numbers[index], 'aria-label': label, title: label }, text)
      : null;
    this.actions = actionsOf(this);
    return h('header.head',
      h('p.crumbs', h('a', { href: listed.path }, '← ' + t('backToList')), h('span.grow'),
        at >= 0 ? [h('span.muted', t('place', at + 1, listed.numbers.length)), neighbour(at - 1, '‹', t('previous')),
          neighbour(at + 1, '›', t('following'))] : null),
      h('div.title', h('h1', ticket.subject),
        h('p', h('b.number', ticket.number), marks(ticket), stage(pack, ticket.type, ticket.state),
          h('span', pack?.typeName(ticket.type)), h('span.muted', pack?.categoryPath(ticket.category)),
          h('span.muted', t('field.home'), ' ', siteName(ticket.home)),
          ticket.department ? h('span.muted', pack?.department(ticket.department)) : null,
          ticket.fields.assignee ? h('span.muted', '@' + ticket.fields.assignee) : null,
          ticket.handOverTo
            ? h('span.tag', { 'data-tone': 'wait' }, t('handOverWaits', pack?.department(ticket.handOverTo))) : null,
          ticket.transferTo ? h('span.tag', { 'data-tone': 'wait' }, t('transferWaits', siteName(ticket.transferTo)))
            : null,
          ticket.heldBy ? h('span.tag', { 'data-tone': 'work' }, t('takenBy', siteName(ticket.heldBy))) : null,
          ticket.expedites ? h('span.tag', { 'data-tone': 'risk' }, t('expedited') + ' ×' + ticket.expedites) : null,
          ticket.escalation ? h('span.tag', { 'data-tone': 'late' }, t('escalated'), ' ', ticket.escalation) : null,
          ticket.standard?.missed
            ? h('span.tag', { 'data-tone': 'wait', title: t('missedStandard', ticket.standard.missed) },
            t('olderStandard')) : null)),
      desk.can('clerk') ? this.toolbar() : null);
  }

  toolbar() {
    const button = (action) => h('button', {
      type: 'button', class: action.isStep ? 'step' : '', 'aria-disabled': action.reason ? 'true' : null,
      title: action.reason || (action.key ? `${action.label} (${action.key.toUpperCase()})` : action.label),
      onclick: () => this.act(action),
      }, action.label, action.key && !action.reason ? h('kbd', action.key.toUpperCase()) : null);
    const grouped = this.actions.filter((action) => action.group);
    const first = this.actions.findIndex((action) => action.group);
    const menu = grouped.length
      ? h('details.menu.drop', h('summary.button', t('dispatch') + ' ▾', h('kbd', 'D')),
      h('div', grouped.map(button))) : null;
    return h('div.actions', { role: 'toolbar', 'aria-label': t('actions') },
      this.actions.map((action, index) => index === first ? menu : action.group ? null : button(action)));
  }

  act(action) {
    if (action.reason) {
      toast(action.label + ': ' + action.reason, 'risk');
      return;
    }
    run(this, action);
  }

  key(event) {
    if (event.key === 'Escape') return go(listed.path);
    const at = listed.numbers.indexOf(this.ticket?.number);
    const other = { '[': at - 1, ']': at + 1 }[event.key];
    if (other !== undefined && at >= 0 && listed.numbers[other]) return go('/tickets/' + listed.numbers[other]);
    const drop = event.key === 'd' ? this.main.querySelector('details.drop') : null;
    if (drop) {
      drop.open = true;
      return drop.querySelector('div button')?.focus();
    }
    const action = this.actions.find((one) => one.key === event.key);
    if (action && desk.can('clerk')) {
      event.preventDefault();
      this.act(action);
    }
  }

  tabs() {
    const { ticket, pack } = this;
    const settled = ticket.conflicts.filter((conflict) => conflict.settled).length;
    const tabs = [
      ['timeline', t('timeline'), null, () => timelineView(ticket, pack)],
      ['form', t('form'), null, () => this.form()],
      ['files', t('files'), ticket.attachments.length, () => this.files()],
      ticket.requests.length ? ['money', t('group.money'), ticket.requests.length, () => this.money()] : null,
      ticket.holdings?.length ? ['holdings', t('holdings'), null, () => this.holdings()] : null,
      settled ? ['settled', t('settledConflicts'), settled, () => conflictsView(this, true)] : null,
    ].filter(Boolean);
    if (!tabs.some(([id]) => id === this.tab)) this.tab = 'timeline';
    const panel = h('div.panel',
      { role: 'tabpanel', id: 'panel', 'aria-labelledby': 'tab-' + this.tab, tabindex: '0' });
    const buttons = tabs.map(([id, label, number, view]) => h('button', {
      type: 'button', role: 'tab', id: 'tab-' + id, 'aria-selected': String(id === this.tab),
      'aria-controls': 'panel',
      tabindex: id === this.tab ? '0' : '-1',
      onclick: (event) => {
        this.tab = id;
        for (const button of buttons) {
          const isThis = button === event.currentTarget;
          button.setAttribute('aria-selected', String(isThis));
          button.tabIndex = isThis ? 0 : -1;
        }
        panel.setAttribute('aria-labelledby', 'tab-' + id);
        fill(panel, view());
      },
      onkeydown: (event) => {
        const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!move) return;
        const next = buttons[(buttons.indexOf(event.currentTarget) + move + buttons.length) % buttons.length];
        next.focus();
        next.click();
      },
      }, label, number ? h('b', String(number)) : null));
    fill(panel, tabs.find(([id]) => id === this.tab)[3]());
    return [h('div.tabs', { role: 'tablist' }, buttons), panel];
  }

  form() {
    const { ticket, pack } = this;
    const known = pack?.fields(ticket.type).filter((field) => ticket.fields[field.id] !== undefined) ?? [];
    const rest = Object.keys(ticket.fields).filter((id) => !known.some((field) => field.id === id)).sort();
    const sets = Object.entries(ticket.sets ?? {}).filter(([, values]) => values.length);
    return h('dl.values',
      [...known.map((field) => field.id), ...rest].map((id) =>
        h('div', h('dt', pack?.fieldName(ticket.type, id) ?? id),
          h('dd', pack?.value(ticket.type, id, ticket.fields[id], ticket.attachments) ?? ticket.fields[id]))),
      sets.map(([id, values]) =>
        h('div', h('dt', pack?.fieldName(ticket.type, id)),
          h('dd', values.map((value) => pack?.value(ticket.type, id, value) ?? value).join('、')))),
      ticket.circuit
        ? h('div', h('dt', t('circuit')),
        h('dd', ticket.circuit.number, ticket.circuit.known ? '' : ' · ' + t('unknownCircuit'))) : null,
      ticket.source ? h('div', h('dt', t('field.source')), h('dd', ticket.source.name, ' · ', ticket.source.key))
        : null,
      ticket.standard ? h('div', h('dt', t('standard')), h('dd', ticket.standard.version)) : null);
  }

  files() {
    const { ticket } = this;
    const input = h('input', {
      type: 'file', id: 'file', multiple: true,
      onchange: async () => {
        for (const file of input.files) {
          try {
            await send('POST', `/api/tickets/${ticket.id}/attachments` + query({ name: file.name }),
              { body: file, type: file.type || 'application/octet-stream', key: newKey() });
            toast(t('attached', file.name));
          } catch (problem) { toast(file.name + ': ' + explain(problem), 'late'); }
        }
        this.load();
      },
    });
    return [
      ticket.attachments.length ? h('ul.files', ticket.attachments.map((file) => h('li',
        file.here
          ? h('a', { href: `/api/tickets/${ticket.id}/attachments/${file.hash}`, download: file.name }, file.name)
          : h('span', file.name, ' ', h('button.quiet', {
          type: 'button',
          onclick: () => post(`/api/tickets/${ticket.id}/attachments/${file.hash}/fetch`)
            .then(() => { toast(t('fetching')); this.load(); }, (problem) => toast(explain(problem), 'late')),
          }, t('fetch'))),
        h('small.muted', size(file.size), ' · ', t('place.' + file.place))))) : h('p.muted', t('noFiles')),
      desk.can('clerk') ? h('p', h('label.button', { for: 'file' }, t('attach')), h('span.unseen', input)) : null,
    ];
  }

  money() {
    return h('ul.files',
      this.ticket.requests.map((request) => h('li', h('b', yuan(request.amountFen)), ' ', request.charge, ' ',
        h('span.tag', { 'data-tone': { granted: 'ok', refused: 'late' }[request.outcome] ?? 'wait' },
          t('outcome.' + (request.outcome ?? 'open'))),
        h('small.muted', request.reason, request.answerReason ? ' → ' + request.answerReason : ''))));
  }

  holdings() {
    const { pack } = this;
    return h('ol.files', this.ticket.holdings.map((held) => h('li',
      h('b', held.department ? pack?.department(held.department) : siteName(this.ticket.home)),
      held.person ? ' · ' + held.person : '',
      h('small.muted', whole(held.from), ' → ', held.to ? whole(held.to) : t('untilNow')))));
  }

  steps() {
    const { pack } = this;
    return h('ol.steps', this.ticket.steps.map((step) => h('li', {
      'data-tone': { done: 'ok', begun: 'work', returned: 'risk', exception: 'late' }[step.state] ?? 'off',
      }, h('b', named(step.name)), h('span.muted', pack?.department(step.department)),
      h('span', t('step.' + step.state)))));
  }

  review() {
    const { round, outcome, missing, late } = this.ticket.review;
    const line = (name, departments) => departments.length
      ? h('p', t(name), ' ', departments.map((id) => this.pack?.department(id) ?? id).join('、')) : null;
    return h('section.card.review', h('h2', t('review')),
      h('p', t('round', round), ' ', h('span.tag', { 'data-tone': { passed: 'ok', vetoed: 'late' }[outcome] ?? 'wait' },
        t('review.' + outcome))),
      line('review.missing', missing), line('review.late', late));
  }

  family() {
    const { parent, children } = this.ticket;
    if (!parent && !children?.length) return null;
    const link = (one) =>
      h('li', h('a', { href: '/tickets/' + one.number }, one.number), ' ', stage(this.pack, one.type, one.state), ' ',
      h('span.muted', this.pack?.typeName(one.type)));
    return h('section.card', h('h2', t('family')),
      parent ? [h('h3', t('field.parent')), h('ul.plain', link(parent))] : null,
      children?.length ? [h('h3', t('children')), h('ul.plain', children.map(link))] : null);
  }

  wordings() {
    const found = this.pack?.wordings(this.ticket.category) ?? [];
    if (!found.length) return null;
    return h('section.card', h('h2', t('approvedWording')), found.map((wording) => h('blockquote', named(wording))));
  }
}
