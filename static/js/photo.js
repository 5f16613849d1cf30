// A chosen picture is shown before it is sent.
// <input type="file" data-preview="shown"> … <output id="shown" hidden></output>
// The picture is drawn on a canvas: the content security policy has no place for blob: addresses.
document.addEventListener("change", async ({ target }) => {
  if (!target.matches?.("input[type=file][data-preview]")) return
  const place = document.getElementById(target.dataset.preview)
  if (!place) return
  place.replaceChildren()
  place.hidden = true
  const file = target.files[0]
  if (!file?.type.startsWith("image/")) return
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, 480 / Math.max(picture.width, picture.height))
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
    canvas.setAttribute("role", "img")
    canvas.setAttribute("aria-label", file.name)
    place.append(canvas)
    place.hidden = false
  } catch {
    // Not a picture that this browser can read; the server will say so.
  }
})
