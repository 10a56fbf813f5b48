import type { Emulator } from './emulator';
import { createDialog360 } from './dialog360';
import { dialog360Webhooks } from './dialog360/webhooks';
import type { FileHost } from './fileHost';
import { createMeta } from './meta';
import { metaWebhooks } from './meta/webhooks';
import { createSinch } from './sinch';
import { sinchWebhooks } from './sinch/webhooks';
import { createWaha } from './waha';
import { wahaWebhooks } from './waha/webhooks';
import { Deliverer } from './webhooks/deliverer';
import type { WebhookSender } from './webhooks/sender';

export interface Emulators {
	emulators: Emulator[];
	senders: WebhookSender[];
}

/** Every provider that the sandbox emulates, with its webhooks: a new one is two lines here. */
export function createEmulators(files: FileHost, deliverer = new Deliverer()): Emulators {
	const sinch = createSinch(files);
	const dialog360 = createDialog360();
	const waha = createWaha(files);
	const meta = createMeta(deliverer.targets);
	return {
		emulators: [dialog360, meta, sinch, waha],
		senders: [
			dialog360Webhooks(dialog360, deliverer),
			metaWebhooks(meta, deliverer),
			sinchWebhooks(sinch, deliverer),
			wahaWebhooks(waha, deliverer),
		],
	};
}
