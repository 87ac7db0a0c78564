// Runs before the first paint, so that neither theme nor language flickers.
(function () {
  var root = document.documentElement;
  var kept = function (name) { try { return localStorage.getItem(name); } catch { return null; } };
  var dark = matchMedia('(prefers-color-scheme: dark)');
  (dark.onchange = function () { root.dataset.theme = kept('theme') || (dark.matches ? 'dark' : 'light'); })();
  if (kept('language')) root.lang = kept('language') === 'en' ? 'en' : 'zh-CN';
})();
