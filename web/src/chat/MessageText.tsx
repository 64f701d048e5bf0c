/** A web address ends before the punctuation of the sentence that it stands in. */
const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/gi;

/** Text as it was written, with its web addresses made into links; never HTML. */
export function MessageText({ text }: { text: string }) {
  // Splitting at a group keeps what matched, at the odd places.
  return text.split(LINK).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
