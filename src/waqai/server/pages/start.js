// Before the first paint: language, direction and theme, so that nothing turns around or flashes.
(function () {
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("waqai") || "{}");
  } catch (error) {
    kept = {};
  }
  var asked = new URLSearchParams(location.search).get("lang") || kept.lang || (/^ar\b/.test(navigator.language) ? "ar" : "en");
  var root = document.documentElement;
  root.lang = asked === "ar" ? "ar" : "en";
  root.dir = asked === "ar" ? "rtl" : "ltr";
  if (kept.theme === "light" || kept.theme === "dark") root.dataset.theme = kept.theme;
})();
