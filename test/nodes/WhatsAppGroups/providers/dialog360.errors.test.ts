import blocked from '../../../fixtures/dialog360/2.7-blocked.json';
import meta from '../../../fixtures/dialog360/2.7-meta.json';
import unauthorized from '../../../fixtures/dialog360/2.7-unauthorized.json';
import wrongKey from '../../../fixtures/dialog360/2.7-wrong-key.json';
import { sampleGroups } from '../../../../sandbox/dialog360/samples';
import { dialog360Errors } from '../../../../nodes/WhatsAppGroups/providers/dialog360/errors';
import { jpeg } from '../../../support/images';
import { byId, stage } from '../../../support/sandbox';

const { run, fail, calls, seen, control, setup } = stage('dialog360');
const { rows } = dialog360Errors;
const [inquiry, watches, testers] = sampleGroups.map(({ id }) => id);

const settings = async (changes: object) => await control('put', '/dialog360/settings', changes);
const answer = async (status: number, body: unknown, more: object = {}) =>
	await control('post', '/faults', {
		provider: 'dialog360',
		kind: 'answer',
		status,
		body,
		...more,
	});
const metaBody = (code: number | string, details = 'Their own words') => ({
	error: { message: `(#${code}) Title`, type: 'OAuthException', code, error_data: { details } },
});
/** A change, which is sent once whatever goes wrong. */
const change = async () => await fail('inviteLink.reset', { group: byId(watches) });
const read = async () => await fail('inviteLink.get', { group: byId(watches) });

/** Rows that a test has seen. */
const explained = new Set<string>();
const expectRow = (error: Awaited<ReturnType<typeof fail>>, row: string) => {
	// What 360dialog says no to was not done, so that none of them is unknown.
	expect(rows[row].disposition).not.toBe('unavailable');
	expect(error.message).toBe(rows[row].message);
	expect(error.description).toContain(rows[row].description);
	expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	explained.add(row);
};
/** A change whose answer is no proof may have been made: that is what is said first. */
const expectUnknown = (
	error: Awaited<ReturnType<typeof fail>>,
	message: string,
	sentence: string,
) => {
	expect(error.message).toBe(`${message}: the outcome is unknown`);
	expect(String(error.description).startsWith(sentence)).toBe(true);
	expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
};
const unreadable = 'The provider answered in a way that cannot be read';
const mayBeCreated =
	'The group may have been created all the same: look with Group: Get Many before running this again.';

/** Codes that end a call, with the HTTP status of each (providers.md §4.6). */
const finalCodes: Array<[code: number, status: number]> = [
	[10, 403],
	[100, 400],
	[190, 401],
	[368, 403],
	[130497, 403],
	[131009, 400],
	[131020, 400],
	[131031, 403],
	[131041, 400],
	[131059, 400],
	[131202, 400],
	[131203, 400],
	[131204, 400],
	[131207, 403],
	[131209, 400],
	[131210, 400],
	[131211, 400],
	[131212, 400],
	[131213, 400],
	[131214, 400],
	[131215, 400],
	[132000, 400],
	[132001, 404],
	[132005, 400],
	[132007, 400],
	[132012, 400],
	[132015, 400],
	[132016, 400],
];

/** Codes that ask for patience, with each status that they come with. */
const rateCodes: Array<[code: number, status: number]> = [
	[4, 400],
	[4, 429],
	[80007, 400],
	[80007, 429],
	[130429, 429],
	[131056, 400],
	[131056, 429],
	[131208, 429],
];

describe('360dialog: codes of WhatsApp', () => {
	it('131201 leaves a part of a change done, and so its outcome unknown', async () => {
		await answer(400, metaBody(131201));
		expectUnknown(await change(), rows['131201'].message, 'The old link may have stopped working');
		explained.add('131201');
	});

	it.each(finalCodes)('%i (HTTP %i) says what happened and what to do', async (code, status) => {
		await answer(status, metaBody(code));
		const error = await change();
		expectRow(error, String(code));
		expect(error.description).toContain('The provider says: Their own words');
		expect(await calls()).toHaveLength(1);
	});

	it.each(rateCodes)(
		'%i (HTTP %i) is waited for, and the call sent again',
		async (code, status) => {
			await answer(status, metaBody(code), { headers: { 'Retry-After': '0' } });
			const [link] = await run('inviteLink.reset', { group: byId(watches) });
			expect(link.code).toBeTruthy();
			expect((await seen()).map((request) => request.status)).toEqual([status, 200]);
		},
	);

	it.each([...new Set(rateCodes.map(([code]) => code))])(
		'%i says what to do when there is no end of it',
		async (code) => {
			const headers = { 'Retry-After': '86400' };
			await answer(429, metaBody(code), { headers });
			const error = await change();
			expectRow(error, String(code));
			expect(error.description).toMatch(/^It asks to wait 1440 minutes, until \d{4}-\d\d-\d\dT/);
			expect(await calls()).toHaveLength(1);
		},
	);

	it.each([200, 250, 299])('%i is a missing permission', async (code) => {
		await answer(403, metaBody(code));
		expectRow(await change(), '10');
	});

	it('reads a code in quotes', async () => {
		await answer(400, metaBody('131041'));
		expectRow(await change(), '131041');
	});

	it('has the words of WhatsApp for a code that it does not know', async () => {
		await answer(400, metaBody(135000, 'Something new'));
		const error = await change();
		expect(error.message).toBe('The provider refused the request');
		expect(error.description).toContain('The provider says: Something new');
	});

	it('reads a list of errors in place of one', async () => {
		await answer(400, { errors: [{ code: 131041, error_data: { details: 'Gone' } }] });
		const error = await change();
		expectRow(error, '131041');
		expect(error.description).toContain('Gone');
	});

	it('keeps what the user entered out of the message', async () => {
		await answer(400, metaBody(131041, 'No group eperm ECONNRESET'));
		const error = await change();
		expect(error.message).toBe(rows['131041'].message);
		expect(error.description).toContain('eperm');
	});
});

describe('360dialog: the shapes that its errors come in', () => {
	it.each([
		['blocked', 403, blocked, '403', 'endpoint is blocked'],
		['a wrong key', 401, wrongKey, '401', 'Invalid api_key.'],
		['unauthorized', 401, unauthorized, '401', 'Unauthorized'],
		["WhatsApp's own", 400, meta, '131041', 'the business is not a member'],
		['an unknown address', 404, { error: 'Not found' }, '404', 'Not found'],
		[
			'anything else refused',
			400,
			{ meta: { developer_message: 'API disabled' } },
			'400',
			'API disabled',
		],
	])('%s', async (_, status, body, row, words) => {
		await answer(status, body);
		const error = await change();
		expectRow(error, row);
		expect(error.description).toContain(words);
	});

	it.each([
		[
			'httpCode',
			{ meta: { httpCode: 400, developerMessage: 'You have exceeded the endpoint rate limit.' } },
		],
		[
			'http_code',
			{ meta: { http_code: 400, developer_message: 'You have exceeded the endpoint rate limit.' } },
		],
		['error', { error: 'You have exceeded the endpoint rate limit.' }],
	])('a rate limit in a 400 of the shape %s is waited for', async (_, body) => {
		await answer(400, body, { headers: { 'Retry-After': '0' } });
		await run('message.send', { group: byId(watches), text: 'Hello' });
		expect((await seen()).map(({ status }) => status)).toEqual([400, 200]);
	});

	it.each([
		[400, 'Could not send: You have exceeded the endpoint rate limit.', 'failed'],
		[400, 'rate limit', 'failed'],
		[504, 'You have exceeded the endpoint rate limit.', 'unknown'],
	])('an answer %i that says “%s” is none', async (status, error, outcome) => {
		await answer(status, { error }, { times: 'always' });
		const failure = await fail('message.send', { group: byId(watches), text: 'Hello' });
		expect(failure.description).toContain(`The provider says: ${error}`);
		expect(failure.context).toMatchObject({ status: outcome });
		expect(await calls()).toHaveLength(1);
	});

	it('a rate limit that lasts too long is explained', async () => {
		await settings({ rateLimitError: 'endpoint' });
		await control('post', '/faults', {
			provider: 'dialog360',
			kind: 'rateLimited',
			retryAfterSeconds: 86_400,
		});
		const error = await change();
		expectRow(error, 'rate-limit');
		expect(error.description).toMatch(/^It asks to wait 1440 minutes, until /);
		expect(await calls()).toHaveLength(1);
	});

	const changes = [
		['group.create', { subject: 'x' }, 'The group may have been created'],
		['group.delete', { group: byId(watches) }, 'The group may be deleted'],
		[
			'group.update',
			{ group: byId(watches), updateFields: { subject: 'x' } },
			'The change may be made',
		],
		[
			'participant.remove',
			{ group: byId(watches), participants: '+17865347866' },
			'They may be removed',
		],
		[
			'template.createInvite',
			{ templateName: 'a', languageCode: 'en_US' },
			'The template may be submitted',
		],
	] as const;

	it.each([
		['blocked', blocked, 'The provider refused the request'],
		['a string', unauthorized, 'The provider refused the request'],
		["WhatsApp's own", meta, rows['131041'].message],
		['success: false', { success: false }, 'The provider refused the request'],
	])('%s is a refusal with HTTP 200 too', async (_, body, message) => {
		for (const [key, parameters] of changes) {
			await answer(200, body);
			const error = await fail(key, parameters);
			expect(error.message).toBe(message);
			expect(error.description).toBeTruthy();
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		}
	});

	it.each([
		['a list', []],
		['a bare string', '"done"'],
	])('%s with HTTP 200 proves nothing', async (_, body) => {
		for (const [key, parameters, sentence] of changes) {
			await answer(200, body);
			expectUnknown(await fail(key, parameters), unreadable, sentence);
		}
	});
});

describe('360dialog: what the sandbox refuses by itself', () => {
	it('the API is disabled', async () => {
		await settings({ apiDisabled: true });
		const error = await change();
		expect(error.message).toBe(rows['400'].message);
		expect(error.description).toContain('paid for');
	});

	it('an endpoint is blocked', async () => {
		await settings({ blockedPaths: ['/groups'] });
		expect((await change()).message).toBe(rows['403'].message);
	});

	it('the group is unknown', async () => {
		const error = await fail('group.get', { group: byId('Y2FwaV9ncm91cDoxZD') });
		expect(error.message).toBe(rows['131041'].message);
	});

	it('the group is suspended', async () => {
		await control('post', `/dialog360/groups/${watches}/suspend`);
		const error = await fail('message.send', { group: byId(watches), text: 'Hello' });
		expect(error.message).toBe(rows['131207'].message);
	});

	it('the number has too many groups', async () => {
		await settings({ groupLimit: 3 });
		expect((await fail('group.create', { subject: 'x' })).message).toBe(rows['131211'].message);
	});

	it('creating is disabled', async () => {
		await settings({ creationDisabled: true });
		expect((await fail('group.create', { subject: 'x' })).message).toBe(rows['131214'].message);
	});

	it('the position in a list has expired', async () => {
		for (let i = 0; i < 100; i += 1) await control('post', '/dialog360/groups', { subject: 'x' });
		await answer(400, metaBody(131059), { after: 1 });
		const error = await fail('group.getAll', { returnAll: true });
		expect(error.message).toBe(rows['131059'].message);
		expect(error.description).toContain('from its start');
	});

	it('the group would have too many participants', async () => {
		const phone = (i: number) => `1650555${String(7000 + i)}`;
		for (let i = 0; i < 7; i += 1) {
			const asked = (await control('post', `/dialog360/groups/${inquiry}/request`, {
				phone: phone(i),
			})) as { joinRequest: { id: string } };
			await run('joinRequest.approve', {
				group: byId(inquiry),
				joinRequests: asked.joinRequest.id,
			});
		}
		const open = await run('joinRequest.getAll', { group: byId(inquiry), returnAll: true });
		const [result] = await run('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: [open[0].joinRequest as string],
		});
		expect(result).toMatchObject({ status: 'failed', code: 131204 });
		expect(result.reason).toContain(rows['131204'].message);
	});
});

describe('360dialog: when things go wrong on the way', () => {
	it('reads again after a 5xx, and never writes again', async () => {
		await control('post', '/faults', { provider: 'dialog360', kind: 'serverError' });
		await run('inviteLink.get', { group: byId(watches) });
		expect(await calls()).toHaveLength(2);

		await control('delete', '/requests');
		await control('post', '/faults', { provider: 'dialog360', kind: 'unavailable' });
		const error = await fail('group.create', { subject: 'Customers' });
		expectUnknown(error, 'The provider could not process the request', mayBeCreated);
		expect(await calls()).toEqual(['POST /groups']);
	});

	it.each(['drop', 'dropAfter', 'truncate'])(
		'does not create twice when the connection breaks off (%s)',
		async (kind) => {
			await control('post', '/faults', { provider: 'dialog360', kind, method: 'POST' });
			const error = await fail('group.create', { subject: 'Customers' });
			expectUnknown(error, 'The connection to the provider broke off', mayBeCreated);
			expect(await calls()).toEqual(['POST /groups']);
		},
	);

	it('does not take a page of a proxy for an answer', async () => {
		await control('post', '/faults', { provider: 'dialog360', kind: 'notJson' });
		const error = await read();
		expect(error.message).toBe(unreadable);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it('does not take nothing for a group, a link, a list or a message', async () => {
		for (const [key, parameters, mayBeDone] of [
			['group.get', {}],
			['group.getAll', { returnAll: true }],
			['inviteLink.get', {}],
			['inviteLink.reset', {}, 'The old link may have stopped working all the same: '],
			['joinRequest.getAll', { returnAll: true }],
			['participant.getAll', { returnAll: true }],
			['message.send', { text: 'Hello' }, 'The message may have been sent all the same: '],
			['group.delete', {}, 'The group may be deleted all the same: '],
		] as const) {
			await control('post', '/faults', { provider: 'dialog360', kind: 'empty' });
			const error = await fail(key, { group: byId(watches), ...parameters });
			if (mayBeDone === undefined) {
				expect(error.message).toBe(unreadable);
				expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			} else {
				expectUnknown(error, unreadable, mayBeDone);
			}
		}
	});

	it('names an address where nobody answers', async () => {
		const { credentials } = setup({});
		const { whatsAppGroups360DialogApi } = credentials;
		const error = await fail(
			'group.delete',
			{ group: byId(testers) },
			{
				credentials: {
					whatsAppGroups360DialogApi: {
						...whatsAppGroups360DialogApi,
						baseUrl: 'http://127.0.0.1:9',
					},
				},
			},
		);
		expect(error.message).toBe('Nothing answers at the address of the provider');
		// Nothing was sent, so that nothing can have been deleted.
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		expect(error.description).not.toContain('all the same');
		expect(JSON.stringify(error)).not.toContain(String(whatsAppGroups360DialogApi.apiKey));
	});

	it('sets a picture only once when the connection breaks off', async () => {
		await control('post', '/faults', { provider: 'dialog360', kind: 'dropAfter' });
		const items = [{ files: { data: { data: jpeg(200, 200), mimeType: 'image/jpeg' } } }];
		expectUnknown(
			await fail(
				'groupPicture.set',
				{ group: byId(watches), binaryPropertyName: 'data' },
				{ items },
			),
			'The connection to the provider broke off',
			'The picture may be set all the same: ',
		);
		expect(await calls()).toHaveLength(1);
	});

	it('goes on with the other items when told to', async () => {
		await answer(400, metaBody(131041), { path: `/groups/${watches}` });
		const items = [{ json: { id: inquiry } }, { json: { id: watches } }, { json: { id: testers } }];
		const results = await run(
			'group.get',
			{ group: byId('={{ $json.id }}') },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(results).toMatchObject([{ id: inquiry }, {}, { id: testers }]);
		expect(results[1]).toEqual({
			id: watches,
			status: 'failed',
			error: rows['131041'].message,
			description: expect.stringContaining(rows['131041'].description),
		});
		expect(results.filter(({ error }) => error !== undefined)).toHaveLength(1);
	});
});

it('360dialog: every row of errors was seen', () => {
	expect(Object.keys(rows).filter((row) => !explained.has(row))).toEqual([]);
});
