// Before the first paint: a page in the scheme that was chosen here, not in the system's for a moment. The other half is src/theme.
try {
  const theme = localStorage.getItem('minimeet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's scheme holds.
}
