export { EventBus } from './event-bus.js';
export { EventsModule } from './events.module.js';
export type { Events, KindSample, MediaFacts, MediaSampleFacts, ModerationAction, StayFacts } from './facts.js';
