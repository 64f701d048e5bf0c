const PAGE_HEADER_BYTES = 27;
/** The identification and the comment header (RFC 7845, section 5). */
const OPUS_HEADERS = 2;

/** @returns the Opus packets of an Ogg file (RFC 3533, RFC 7845) with one stream. */
export function readOpusPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let page = 0; page < file.length;) {
    if (file.toString('latin1', page, page + 4) !== 'OggS') throw new TypeError('This is not an Ogg file.');
    const segmentCount = file.readUInt8(page + 26);
    const lengths = file.subarray(page + PAGE_HEADER_BYTES, page + PAGE_HEADER_BYTES + segmentCount);
    let at = page + PAGE_HEADER_BYTES + segmentCount;
    for (const length of lengths) {
      parts.push(file.subarray(at, at + length));
      at += length;
      // A segment of 255 bytes is continued by the next one, even over pages.
      if (length === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    page = at;
  }
  return packets.slice(OPUS_HEADERS);
}
