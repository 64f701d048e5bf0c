// A file of its own, so that the media code is in a chunk of its own.
export { checkNetwork } from '@minimeet/sdk';
