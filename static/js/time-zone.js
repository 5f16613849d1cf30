// Fill in the reader's own time zone where none is chosen yet.
const select = document.querySelector("select[data-time-zone]")
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

if (select && !select.value && zone && [...select.options].some((option) => option.value === zone)) select.value = zone
