// Sets theme and language before the first paint, from what was remembered; settings.ts writes it.
(() => {
  const root = document.documentElement;
  let scheme = 'auto';
  let language = '';
  try {
    scheme = localStorage.getItem('paydirt.theme') || 'auto';
    language = localStorage.getItem('paydirt.language') || '';
  } catch {
    // Storage is switched off: the system decides.
  }
  const isDark =
    scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  if (/^(en|fr|ja)$/.test(language)) root.lang = language;
})();
