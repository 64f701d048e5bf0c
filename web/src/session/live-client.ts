// A file of its own, so that the client's code is in a chunk of its own.
export { MiniMeetClient } from '@minimeet/sdk';
