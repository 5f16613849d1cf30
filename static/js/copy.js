// <a href="…" data-copy>: copies its address instead of opening it, and says so.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy]")
  if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  try {
    await navigator.clipboard.writeText(link.href)
    const bar = document.getElementById("notice-bar")
    if (bar) bar.textContent = link.dataset.copy
  } catch {
    location.assign(link.href)
  }
})
