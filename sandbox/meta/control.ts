import type { Router } from 'express';
import { z } from 'zod';
import { controlBody } from '../shared/controlError';
import type { Callbacks } from './callbacks';

const callbacksBody = z
	.object({
		isSubscribed: z.boolean(),
		accountOverride: z.string().url().nullable(),
		numberOverrides: z.record(z.string().url()),
	})
	.partial()
	.strict();

/** Where webhooks go, as if somebody else had set it: nothing is asked of those URLs. */
export function addCallbackControl(control: Router, callbacks: Callbacks): void {
	control.get('/callbacks', (_request, response) => {
		response.json(callbacks.state());
	});
	control.put('/callbacks', (request, response) => {
		callbacks.arrange(controlBody(callbacksBody, request.body));
		response.json(callbacks.state());
	});
}
