export { EventBus } from './event-bus.js';
export { EventsModule } from './events.module.js';
export type { Events, MediaSampleFacts, ModerationAction, StayFacts } from './facts.js';
