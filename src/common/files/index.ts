export { isDecodable, PICTURE_TYPES, pictureSize, previewOf, squareOf } from './pictures.js';
export { assertDiskHasSpace } from './disk-space.js';
export { mediaTypeOf } from './media-type.js';
export { declaredBytes, receiveFile } from './receive-file.js';
export { type FileDelivery, sendFile } from './send-file.js';
