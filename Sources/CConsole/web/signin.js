// Signing in; the welcome of a one-time link; a password that must be changed.

import { desk, explain } from './app.js';
import { post } from './api.js';
import { fill, find, h, toast } from './dom.js';
import { language, setLanguage, t } from './words.js';

export function open(path, start) {
  const parameters = new URLSearchParams(location.search);
  const isWelcome = path === '/welcome';
  const isChange = path === '/password';
  const isForced = desk.session?.mustChangePassword;
  const invited = isWelcome ? parameters.get('name') : null;
  const said = h('p.problem', { role: 'alert', hidden: true });
  const input = (id, label, more) =>
    h('div.field', h('label', { for: id }, label), h('input', { id, name: id, required: true, ...more }));
  const fail = (text) => {
    said.hidden = false;
    said.textContent = text;
  };
  const submit = async (event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(event.target));
    if ((isWelcome || isChange) && data.password !== data.again) return fail(t('notEqual'));
    button.disabled = true;
    try {
      const { name, password } = data;
      if (isWelcome) await post('/api/welcome', { key: parameters.get('key') ?? '', name, password });
      else if (isChange) await post('/api/session/password', { old: data.old, new: password });
      else await post('/api/session', { name, password });
      const next = parameters.get('next');
      history.replaceState(null, '', next?.startsWith('/') && !next.startsWith('//') ? next : '/');
      if (isChange) toast(t('passwordChanged'));
      await start();
    } catch (problem) {
      fail(problem.status === 401 && !isChange ? t('wrongPassword') : explain(problem));
      button.disabled = false;
    }
  };
  const heading = t(isWelcome ? 'welcome' : isChange ? 'changePassword' : 'signIn');
  const button = h('button.first', t(isWelcome ? 'begin' : isChange ? 'save' : 'signIn'));
  const other = language() === 'en' ? 'zh' : 'en';
  fill(find('#app'), h('main.door', { id: 'main', tabindex: '-1' }, h('form.card', { onsubmit: submit },
    h('p.brand', h('i.mark', { 'aria-hidden': 'true' }), 'Tributary'),
    h('h1', heading),
    isWelcome ? h('p.muted', t(invited ? 'invitedText' : 'welcomeText'))
      : isChange ? h('p.muted', t(isForced ? 'mustChange' : 'mayChange')) : null,
    isChange ? input('old', t('oldPassword'), { type: 'password', autocomplete: 'current-password' })
      : input('name', t('name'),
      { autocomplete: 'username', maxlength: '100', value: invited ?? '', readonly: invited !== null }),
    input('password', t(isChange ? 'newPassword' : 'password'), {
      type: 'password', autocomplete: isWelcome || isChange ? 'new-password' : 'current-password',
    }),
    isWelcome || isChange ? input('again', t('again'), { type: 'password', autocomplete: 'new-password' }) : null,
    said, h('p.buttons',
      h('button.quiet',
        { type: 'button', lang: other === 'en' ? 'en' : 'zh-CN',
          onclick: () => { setLanguage(other); open(path, start); } }, other === 'en' ? 'English' : '中文'),
      h('span.grow'), isChange && !isForced ? h('a.button', { href: '/' }, t('cancel')) : null,
      button))));
  document.title = heading + ' · Tributary';
  find('input')?.focus();
}
