// Runs before the first paint. The key and the values are those of ui/theme/theme-choice.ts.
try {
  const choice = localStorage.getItem('burnrate.theme');
  if (choice === 'dark' || choice === 'light') {
    document.documentElement.dataset.theme = choice;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.setAttribute('media', meta.dataset.of === choice ? 'all' : 'not all');
    }
  }
} catch {
  // Storage is refused here: the system's theme it is.
}
