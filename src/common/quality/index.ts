export { mosOf } from './e-model.js';
export { qualityOf } from './quality.js';
