import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { describeServer } from '../describe';
import { SESSION_STATUSES } from '../model';
import { isRelease, OLDER_RELEASE } from '../releases';
import { phoneBody, serverOf, type Servers } from './lookup';

const releaseBody = z
	.object({
		release: z
			.string()
			.transform((value) => (value === 'older' ? OLDER_RELEASE : value))
			.refine(isRelease, 'must be "older" or a release such as 2026.7.1'),
	})
	.strict();
const keyBody = z.object({ required: z.boolean() }).strict();
const storeBody = z.object({ enabled: z.boolean() }).strict();
const timingsBody = z
	.object({ startingMs: z.number().int().min(0), waitMs: z.number().int().min(0) })
	.partial()
	.strict();
const failureBody = z
	.object({
		on: z.enum(['create', 'join', 'send']),
		message: z.string().min(1).default('internal-server-error'),
	})
	.strict();
const statusBody = z.object({ status: z.enum(SESSION_STATUSES) }).strict();
const personBody = phoneBody.extend({
	name: z.string().min(1).optional(),
	lid: z
		.string()
		.regex(/^\d{1,20}$/, 'must be digits')
		.nullable()
		.optional(),
	phoneHidden: z.boolean().optional(),
	inviteOnly: z.boolean().optional(),
	onWhatsApp: z.boolean().optional(),
});

/** The server itself: release, key, store, timings, failures, sessions, people. */
export function serverControl(router: Router, servers: Servers): void {
	router.get('/:engine/state', (req, res) => {
		res.json(describeServer(serverOf(servers, req)));
	});

	router.post('/:engine/release', (req, res) => {
		const server = serverOf(servers, req);
		server.release = controlBody(releaseBody, req.body).release;
		res.json({ release: server.release });
	});

	router.post('/:engine/key', (req, res) => {
		const server = serverOf(servers, req);
		server.keyRequired = controlBody(keyBody, req.body).required;
		res.json({ required: server.keyRequired });
	});

	router.post('/:engine/store', (req, res) => {
		const server = serverOf(servers, req);
		if (server.engine !== 'NOWEB') throw new ControlError(409, 'Only NOWEB has a store');
		server.storeEnabled = controlBody(storeBody, req.body).enabled;
		res.json({ enabled: server.storeEnabled });
	});

	/** The server deletes the files that it has at hand, as it does after some minutes. */
	router.post('/:engine/expire-files', (req, res) => {
		serverOf(servers, req).media.expire();
		res.json({ expired: true });
	});

	router.post('/:engine/timings', (req, res) => {
		const { timings } = serverOf(servers, req).sessions;
		res.json(Object.assign(timings, controlBody(timingsBody, req.body)));
	});

	router.post('/:engine/failures', (req, res) => {
		const server = serverOf(servers, req);
		server.forcedFailures.push(controlBody(failureBody, req.body));
		res.json({ failures: server.forcedFailures });
	});

	router.post('/:engine/sessions/:session/status', (req, res) => {
		const server = serverOf(servers, req);
		const session = server.sessions.known(req.params.session);
		if (!session) throw new ControlError(404, `There is no session ${req.params.session}`);
		const { status } = controlBody(statusBody, req.body);
		if (status === 'WORKING' && !session.account) {
			throw new ControlError(409, `No account has been paired with ${session.name}`);
		}
		server.sessions.setStatus(session, status);
		res.json({ name: session.name, status });
	});

	router.post('/:engine/people', (req, res) => {
		const server = serverOf(servers, req);
		const { phone, ...details } = controlBody(personBody, req.body);
		const known = server.people.known({ kind: 'phone', digits: phone });
		res.json(known ? Object.assign(known, details) : server.people.add(phone, details));
	});
}
