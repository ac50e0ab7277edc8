/** Brings the present place of a wide picture into view, at once or when the fold around it is opened. */
export default function flow(node) {
  const picture = node.closest(".picture");
  const show = () => {
    const place = node.getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    picture.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
  };
  picture.closest("details")?.addEventListener("toggle", show);
  show();
}
