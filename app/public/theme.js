// Runs before the first paint. The key and the values are those of ui/theme/theme-choice.ts.
try {
  const choice = localStorage.getItem('burnrate.theme');
  if (choice === 'dark' || choice === 'light') document.documentElement.dataset.theme = choice;
} catch {
  // Storage is refused here: the system's theme it is.
}
