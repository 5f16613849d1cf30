// Where tabs are wider than the screen, one sees the one that is open.
for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
  const row = tab.parentElement
  row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - tab.offsetWidth) / 2
}
