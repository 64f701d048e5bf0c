import type { MediaTelemetry } from '@minimeet/protocol';
import type { Fact } from '../safe-emitter.js';

/** `MediaTelemetry` as an emitter's map from names to arguments. */
export type TelemetryEvents = { [Name in keyof MediaTelemetry]: [fact: MediaTelemetry[Name]] };

/** Tells everybody who listens to the server. A listener that fails does not concern the teller. */
export type Tell = (...fact: Fact<TelemetryEvents>) => void;
