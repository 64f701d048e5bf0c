export { EventBus } from './event-bus.js';
export type { StayFacts } from './event-bus.js';
export { EventsModule } from './events.module.js';
