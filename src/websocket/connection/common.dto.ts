/** Longest slug and resume token that are looked up at all. */
export const TOKEN_LENGTH = 128;

/** For requests that say nothing but their name. */
export class EmptyDto {}
