// Runs before the first paint, so that neither theme nor language flickers.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('theme');
    if (theme) root.dataset.theme = theme;
    var language = localStorage.getItem('language');
    if (language) root.lang = language === 'en' ? 'en' : 'zh-CN';
  } catch { /* A browser that keeps nothing has the defaults. */ }
})();
