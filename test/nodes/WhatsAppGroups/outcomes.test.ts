import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { operationOf } from '../../../nodes/WhatsAppGroups/actions';
import { hurryDeadlines } from '../../support/clock';
import { jpeg } from '../../support/images';
import { byId, stage } from '../../support/sandbox';
import { PublishedTrigger } from '../../support/trigger';

const sinchGroup = '5519900000000-1513616971';
const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const watches = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzOTQzMjA5NjQxNTAZD';
const team = '120363400000000001@g.us';

const statusOf = (error: Error & IDataObject) => (error.context as IDataObject).status;
const unknown = /: the outcome is unknown$/;

describe('a write whose outcome is unknown', () => {
	const { control, fail, setup, calls } = stage('sinch');
	const send = { group: byId(sinchGroup), text: 'Hi' };
	const fault = (rule: object) => control('post', '/faults', { provider: 'sinch', ...rule });

	it.each([
		['lost before the answer', { kind: 'dropAfter' }],
		['cut off', { kind: 'truncate' }],
		['a page of a proxy', { kind: 'notJson', acts: true }],
		['empty where there should be an ID', { kind: 'empty', acts: true }],
		['without an ID', { kind: 'answer', status: 200, body: { destination: [] }, acts: true }],
		['a 500', { kind: 'serverError' }],
		['a 504', { kind: 'unavailable' }],
		[
			'a 504 whose text mentions a rate limit',
			{ kind: 'answer', status: 504, body: { errorMessage: 'upstream hit its rate limit' } },
		],
	])('says so and how to check, and is sent once: %s', async (_, rule) => {
		await fault(rule);
		const error = await fail('message.send', send);
		expect(error.message).toMatch(unknown);
		expect(statusOf(error)).toBe('unknown');
		expect(error.description).toMatch(
			/^The message may have been sent all the same: look into the group/,
		);
		expect(await calls()).toHaveLength(1);
	});

	it('is what a deadline leaves', async () => {
		hurryDeadlines();
		await fault({ kind: 'hang' });
		const error = await fail('message.send', send);
		expect(error.message).toBe('The provider did not answer in time: the outcome is unknown');
		expect(statusOf(error)).toBe('unknown');
	});

	it.each([
		['group.leave', { group: byId(sinchGroup) }, /^The account may have left the group/],
		['group.create', { subject: 'New' }, /^The group may have been created/],
		['group.update', { group: byId(sinchGroup), updateFields: { subject: 'x' } }, /Group: Get/],
		['inviteLink.revoke', { group: byId(sinchGroup) }, /^The link may be revoked/],
		[
			'participant.remove',
			{ group: byId(sinchGroup), participants: '5519911112222' },
			/Participant: Get Many/,
		],
	] as Array<[string, INodeParameters, RegExp]>)(
		'names what may be done: %s',
		async (key, parameters, words) => {
			await fault({ kind: 'dropAfter' });
			const error = await fail(key, parameters);
			expect(error.message).toMatch(unknown);
			expect(error.description).toMatch(words);
		},
	);

	it.each([
		['no such host', 'http://nowhere.invalid'],
		['refused', 'http://127.0.0.1:9'],
		['no URL', 'http://['],
		['no TLS', ''],
	])('is none where no byte can have been sent: %s', async (_, baseUrl) => {
		const wrong = setup({});
		const { whatsAppGroupsSinchApi: credential } = wrong.credentials;
		credential.baseUrl = baseUrl || String(credential.baseUrl).replace('http://', 'https://');
		const error = await fail('message.send', send, { credentials: wrong.credentials });
		expect(error.message).not.toMatch(/unknown/);
		expect(error.description).not.toMatch(/all the same/);
		expect(statusOf(error) ?? 'failed').toBe('failed');
	});

	it('is none for a read', async () => {
		await fault({ kind: 'truncate', times: 'always' });
		const error = await fail('group.get', { group: byId(sinchGroup) });
		expect(error.message).toBe('The connection to the provider broke off');
		expect(await calls()).toHaveLength(3);
	});
});

describe('an answer of WAHA that proves nothing', () => {
	const { control, fail, run } = stage('waha', 'NOWEB');
	const on = { session: byId('default'), group: byId(team) };
	const answers = (body: unknown) =>
		control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body,
			method: 'POST',
			acts: true,
		});

	it.each(['{"key":{"remoteJid":"1203634', '[{"id"', '"true_1203634', ' <html>'])(
		'leaves the outcome unknown, since its end is lost: %s',
		async (body) => {
			await answers(body);
			const error = await fail('message.send', { ...on, text: 'Hi' });
			expect(error.message).toMatch(unknown);
			expect(statusOf(error)).toBe('unknown');
		},
	);

	it.each(['', '[]', '{}'])('leaves that of each participant unknown: “%s”', async (body) => {
		await answers(body);
		const results = await run('participant.add', { ...on, participants: '447700900122' });
		expect(results).toMatchObject([{ status: 'unknown', code: null }]);
	});

	it.each(['', '[]', '{}'])('is none where success is documented: “%s”', async (body) => {
		await control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body,
			method: 'DELETE',
			acts: true,
		});
		const error = await fail('groupPicture.remove', on);
		expect(statusOf(error)).toBe('unknown');
	});
});

describe('a refusal', () => {
	const sinch = stage('sinch');
	const fault = (status: number, body: unknown, more = {}) =>
		sinch.control('post', '/faults', { provider: 'sinch', kind: 'answer', status, body, ...more });

	it('may come with a 200', async () => {
		const body = { errorCode: 404, errorMessage: 'Group not found.' };
		for (const [key, parameters] of [
			['group.leave', {}],
			['participant.remove', { participants: '5519911112222' }],
			['message.send', { text: 'Hi' }],
			['group.get', {}],
		] as Array<[string, INodeParameters]>) {
			await fault(200, body);
			const error = await sinch.fail(key, { group: byId(sinchGroup), ...parameters });
			expect(error.message).toBe('Sinch does not know this group');
			expect(statusOf(error)).toBe('failed');
		}
	});

	it('without groups is no empty list', async () => {
		for (const body of [{}, { groups: null }, []]) {
			await fault(200, body, { times: 1 });
			const error = await sinch.fail('group.getAll', {});
			expect(error.message).toBe('The provider answered in a way that cannot be read');
		}
	});

	it('of a message does not talk about creating groups', async () => {
		await fault(400, { errorCode: 400, errorMessage: 'no' });
		const send = await sinch.fail('message.send', { group: byId(sinchGroup), text: 'Hi' });
		expect(`${send.message} ${String(send.description)}`).not.toMatch(/creat|unused/i);
		await fault(400, { errorCode: 400, errorMessage: 'no' });
		const create = await sinch.fail('group.create', { subject: 'New' });
		expect(create.description).toContain('unused groups');
	});
});

describe('what 360dialog only accepts', () => {
	const { run, runItems, fail, control, seen, sandbox, setup } = stage('dialog360');

	it.each([
		['group.delete', {}],
		['group.update', { updateFields: { subject: 'Watches' } }],
	] as Array<[string, INodeParameters]>)('is pending, not done: %s', async (key, parameters) => {
		expect(await run(key, { group: byId(inquiry), ...parameters })).toEqual([
			{ status: 'pending', groupId: inquiry },
		]);
	});

	it('is pending, not done: pictures and removals', async () => {
		const [picture] = await runItems(
			'groupPicture.set',
			{ group: byId(inquiry), binaryPropertyName: 'data' },
			{ items: [{ files: { data: { data: jpeg(320, 320) } } }] },
		);
		expect(picture.json).toEqual({ status: 'pending', groupId: inquiry });
		expect(
			await run('participant.remove', { group: byId(watches), participants: '+17865347866' }),
		).toMatchObject([{ participant: '+17865347866', status: 'pending' }]);
	});

	it('is not taken for done when nothing documented comes back', async () => {
		await control('post', '/faults', { provider: 'dialog360', kind: 'empty', method: 'DELETE' });
		const error = await fail('group.delete', { group: byId(inquiry) });
		expect(error.message).toMatch(unknown);
		expect(error.description).toContain('Group: Get');
	});

	it('is unknown for a chunk of people whose answer is lost', async () => {
		await control('post', '/faults', {
			provider: 'dialog360',
			kind: 'dropAfter',
			method: 'DELETE',
			after: 1,
		});
		const people = Array.from({ length: 20 }, (_, i) => `+1555000${1000 + i}`);
		const results = await run('participant.remove', {
			group: byId(watches),
			participants: people.join(),
		});
		expect(results.map(({ status }) => status).slice(8, 16)).toEqual(Array(8).fill('unknown'));
		expect(results.filter(({ status }) => status === 'unknown')).toHaveLength(8);
		expect(await seen()).toHaveLength(3);
		expect(results[8].reason).toContain('may be removed all the same');
	});

	describe('Wait for Result', () => {
		const create = {
			subject: 'Customers',
			waitForResult: true,
			maximumWait: 20,
		};
		const foreign = async (subject: string) =>
			await axios.post(
				`${sandbox().accounts.dialog360.baseUrls.api}/groups`,
				{ messaging_product: 'whatsapp', subject },
				{ headers: { 'D360-API-KEY': sandbox().accounts.dialog360.credentials.apiKey } },
			);

		it('gives each item of one subject the group of its own request', async () => {
			const subjects = ['Customers', 'Customers', 'Partners', 'Customers'];
			const groups = await run(
				'group.create',
				{ ...create, subject: '={{ $json.subject }}' },
				{ items: subjects.map((subject) => ({ json: { subject } })) },
			);
			expect(await ownersOf(groups)).toEqual(groups.map(({ requestId }) => requestId));
			expect(new Set(groups.map(({ id }) => id)).size).toBe(4);
		}, 60_000);

		it('gives two runs at once the group of their own request each', async () => {
			const [[one], [two]] = await Promise.all([
				run('group.create', create),
				run('group.create', create),
			]);
			expect(await ownersOf([one, two])).toEqual([one.requestId, two.requestId]);
		}, 60_000);

		it('fails with the ID of the request when somebody else creates one of the same subject', async () => {
			const waiting = fail('group.create', create);
			await new Promise((resolve) => setTimeout(resolve, 50));
			await foreign('Customers');
			const error = await waiting;
			expect(error.message).toBe('More than one new group could be the one that was asked for');
			expect(error.description).toMatch(/has taken the request \(ID [^)]+\)/);
			expect(statusOf(error)).toBe('pending');
		}, 60_000);

		it('does not take the late group of an earlier request that was given up', async () => {
			await control('put', '/dialog360/settings', { creationDelayMs: 3000 });
			const late = { ...create, subject: 'Latecomers', maximumWait: 1 };
			const first = await fail('group.create', late);
			expect(first.message).toMatch(/did not appear/);
			expect(statusOf(first)).toBe('pending');
			const second = await fail('group.create', late);
			expect(second.message).toBe('An earlier request for a group of this subject is still open');
			expect(second.description).toMatch(/^Nothing was sent\. The request with the ID \S+,/);
			expect((await seen()).filter(({ method }) => method === 'POST')).toHaveLength(1);

			// Once the late group is there, the next one can be told from it.
			await new Promise((resolve) => setTimeout(resolve, 2500));
			const [third] = await run('group.create', { ...late, maximumWait: 20 });
			expect(await ownersOf([third])).toEqual([third.requestId]);
		}, 60_000);

		it('remembers a request whose answer was lost, and forgets one that was refused', async () => {
			const subject = { ...create, subject: 'Lost' };
			const fault = (kind: string) =>
				control('post', '/faults', { provider: 'dialog360', kind, method: 'POST' });
			await control('post', '/faults', {
				provider: 'dialog360',
				kind: 'answer',
				status: 400,
				body: { error: { code: 131211 } },
				method: 'POST',
			});
			expect(statusOf(await fail('group.create', subject))).toBe('failed');
			await fault('drop');
			expect(statusOf(await fail('group.create', subject))).toBe('unknown');
			const error = await fail('group.create', subject);
			expect(error.description).toContain('The request whose answer was lost');
		});

		it('leaves the error of another item as it is, and names what is pending', async () => {
			await control('put', '/dialog360/settings', { creationDelayMs: 5000 });
			await control('post', '/faults', {
				provider: 'dialog360',
				kind: 'answer',
				status: 400,
				body: { error: { code: 131211 } },
				method: 'POST',
				after: 1,
			});
			const error = await fail(
				'group.create',
				{ ...create, subject: '={{ $json.subject }}', options: { concurrency: 2 } },
				{ items: [{ json: { subject: 'One' } }, { json: { subject: 'Two' } }] },
			);
			expect(error.message).toBe('The number has as many groups as it may have');
			expect(statusOf(error)).toBe('failed');
			expect(error.description).not.toContain('has taken the request');
			expect(error.description).toMatch(/No item is done\. Pending: item [01]\. /);
		});

		it('ends with the execution while another one has the turn', async () => {
			await control('put', '/dialog360/settings', { creationDelayMs: 5000 });
			const first = run('group.create', { ...create, subject: 'Turns' });
			await new Promise((resolve) => setTimeout(resolve, 300));
			const stop = new AbortController();
			const second = fail('group.create', { ...create, subject: 'Turns' }, { signal: stop.signal });
			await new Promise((resolve) => setTimeout(resolve, 300));
			stop.abort();
			const stoppedAt = Date.now();
			expect((await second).message).toBe('The execution was stopped');
			const waited = Date.now() - stoppedAt;
			await first;
			expect(waited).toBeLessThan((Date.now() - stoppedAt) / 2);
		}, 30_000);

		describe('where the trigger of the same n8n hears of it', () => {
			let trigger: PublishedTrigger;
			beforeEach(async () => {
				trigger = await new PublishedTrigger(
					setup({ triggerOn: ['group.created', 'group.createFailed'] }),
				).listen();
				await trigger.activate();
			});
			afterEach(async () => {
				await trigger.deactivate();
				await trigger.close();
			});

			it('never takes the group of somebody else, even when that one comes first', async () => {
				await control('put', '/dialog360/settings', { creationDelayMs: 5000 });
				const waiting = run('group.create', { ...create, subject: 'Contested' });
				await new Promise((resolve) => setTimeout(resolve, 300));
				await control('put', '/dialog360/settings', { creationDelayMs: 0 });
				await foreign('Contested');
				const error = await waiting.then(
					([group]) => group,
					(reason: Error & IDataObject) => reason,
				);
				if (error instanceof Error) expect(statusOf(error)).toBe('pending');
				else expect(await ownersOf([error])).toEqual([error.requestId]);
			}, 60_000);

			it('takes the one that the webhook names among several', async () => {
				const waiting = run('group.create', { ...create, subject: 'Named' });
				const [group] = await waiting;
				expect(await ownersOf([group])).toEqual([group.requestId]);
			}, 30_000);

			it('says why WhatsApp has refused to create it', async () => {
				await control('post', '/dialog360/creation-failures', { code: 131211 });
				const error = await fail('group.create', { ...create, subject: 'Refused' });
				expect(error.message).toBe('The provider has not created the group');
				expect(statusOf(error)).toBe('failed');
				expect(error.description).toMatch(/^A webhook tells so\. It says: \S/);
				// Nothing is open any more.
				const [next] = await run('group.create', { ...create, subject: 'Refused' });
				expect(next.status).toBe('created');
			}, 30_000);
		});

		it('gives the group without its link rather than having it made again', async () => {
			await control('post', '/faults', {
				provider: 'dialog360',
				kind: 'serverError',
				path: 'invite_link$',
				times: 'always',
			});
			const [group] = await run('group.create', { ...create, subject: 'Linkless' });
			expect(group).toMatchObject({
				status: 'created',
				inviteLink: null,
				note: expect.stringContaining('run Invite Link: Get'),
			});
			expect(await ownersOf([group])).toEqual([group.requestId]);
		}, 30_000);

		it('does not take a group that is otherwise not as it was wanted', async () => {
			await control('put', '/dialog360/settings', { creationDelayMs: 3000 });
			const waiting = run('group.create', {
				...create,
				maximumWait: 20,
				additionalFields: { description: 'Ours' },
			});
			await new Promise((resolve) => setTimeout(resolve, 50));
			await foreign('Customers');
			const [group] = await waiting;
			expect(await ownersOf([group])).toEqual([group.requestId]);
		}, 60_000);

		/** The ids of the requests that the groups really come from, as the sandbox knows them. */
		async function ownersOf(groups: IDataObject[]): Promise<unknown[]> {
			const state = (await control('get', '/state')) as {
				dialog360: { groups: Array<{ id: string; requestId?: string }> };
			};
			return groups.map(
				({ id }) => state.dialog360.groups.find((group) => group.id === id)?.requestId,
			);
		}
	});
});

describe('a run that fails', () => {
	const { control, fail, run, sandbox, seen } = stage('sinch');
	const send = { group: byId('={{ $json.group }}'), text: 'Hi' };
	const groups = async (count: number) => {
		const { userName, authenticationToken } = sandboxOf().credentials;
		return await Promise.all(
			Array.from({ length: count }, async (_, i) => {
				const { data } = await axios.post<{ groups: Array<{ id: string }> }>(
					`${sandboxOf().baseUrls.api}/v1/whatsapp/groups`,
					{ subject: `Group ${i}` },
					{ headers: { userName, authenticationToken } },
				);
				return { json: { group: data.groups[0].id } };
			}),
		);
	};
	const sandboxOf = () => sandbox().accounts.sinch;

	it('starts nothing after the answer by which it fails', async () => {
		const items = await groups(20);
		await control('delete', '/requests');
		await control('post', '/faults', {
			provider: 'sinch',
			kind: 'answer',
			status: 400,
			body: { errorCode: 400, errorMessage: 'no' },
		});
		await control('put', '/latency', { ms: 30 });
		const error = await fail('message.send', { ...send, options: { concurrency: 20 } }, { items });
		const requests = await seen();
		const [refused] = requests.filter(({ status }) => status === 400);
		const later = requests.filter(({ startedAt }) => startedAt > refused.finishedAt + 10);
		expect(later).toEqual([]);
		expect(error.description).toMatch(/The provider says: no\. Item \d+ of 0 to 19 failed\./);
	});

	it('tells items whose outcome is unknown from those that were never sent', async () => {
		const items = await groups(4);
		await control('post', '/faults', { provider: 'sinch', kind: 'dropAfter', method: 'POST' });
		const options = { concurrency: 4, delayBetweenRequests: 300 };
		const error = await fail('message.send', { ...send, options }, { items });
		expect(error.description).toContain('Outcome unknown: item 0.');
	});

	it('says of each item of its own what became of it, when a refusal ends them all', async () => {
		const hour = { kind: 'rateLimited', retryAfterSeconds: 3600, times: 'always' };
		await control('post', '/faults', [
			{ provider: 'sinch', method: 'GET', path: 'invite$', ...hour },
		]);
		const items = await groups(3);
		const outputs = await run(
			'inviteLink.reset',
			{ group: byId('={{ $json.group }}'), options: { concurrency: 2 } },
			{ items, onError: 'continueRegularOutput' },
		);
		const done = /The old link no longer works/g;
		const revoked = (await seen()).filter(({ method }) => method === 'DELETE');
		const told = outputs.map(({ description }) => String(description).match(done)?.length ?? 0);
		expect(told).toEqual(items.map((_, i) => (i < revoked.length ? 1 : 0)));
		expect(outputs.map(({ status }) => status)).toEqual(
			items.map((_, i) => (i < revoked.length ? 'unknown' : 'failed')),
		);
	});

	it('names the items that lost their answer after another one failed', async () => {
		const items = await groups(3);
		await control('post', '/faults', [
			{
				provider: 'sinch',
				kind: 'answer',
				status: 400,
				body: { errorCode: 400, errorMessage: 'no' },
			},
			{ provider: 'sinch', kind: 'hang', times: 2 },
		]);
		hurryDeadlines();
		const error = await fail('message.send', { ...send, options: { concurrency: 3 } }, { items });
		expect(error.message).toBe('Sinch refused the message');
		expect(error.description).toMatch(/Outcome unknown: items \d(–|, )\d\./);
	});
});

describe('the error of a partial failure', () => {
	const waha = stage('waha', 'NOWEB');
	const add = (participants: string) =>
		waha.fail('participant.add', {
			session: byId('default'),
			group: byId(team),
			participants,
			options: { failOnPartialFailure: true },
		});

	it('counts each outcome, and has one full stop at its end', async () => {
		const error = await add('447700900122, 447700900120, 447700900404');
		expect(error.message).toBe('Of 3 entries 2 failed, 1 done');
		expect(error.description).toMatch(
			/447700900120@c\.us: [^;]*[^.]; 447700900404@c\.us: [^;]*[^.]\. Turn off/,
		);
		expect(error.description).not.toMatch(/\.\./);
	});

	it('counts entries of which the answer says nothing as unknown', async () => {
		await waha.control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body: [{ status: '200', jid: '447700900122@s.whatsapp.net' }],
		});
		const error = await add('447700900122, 447700900120');
		expect(error.message).toBe('Of 2 entries 1 unknown, 1 done');
		expect(statusOf(error)).toBe('unknown');
	});

	it('reads right with one entry', async () => {
		expect((await add('447700900120')).message).toBe('The only entry failed');
	});
});

describe('Simplify off', () => {
	it.each(['inviteLink.get', 'inviteLink.reset', 'groupSetting.get'] as const)(
		'is not offered where no provider says more: %s',
		(key) => {
			expect(operationOf(key)).toMatchObject({ key });
			expect(operationOf(key)).not.toHaveProperty('simplify');
		},
	);

	const waha = stage('waha', 'WEBJS');

	it('keeps the group and whom each answer is about', async () => {
		const on = { session: byId('default'), group: byId(team), simplify: false };
		expect(
			await waha.run('participant.add', { ...on, participants: '447700900122, Ada' }),
		).toMatchObject([
			{ groupId: team, participant: '447700900122@c.us', code: 200 },
			{ groupId: team, participant: 'Ada', status: 'failed' },
		]);
		expect(await waha.run('inviteLink.get', on)).toMatchObject([{ groupId: team }]);
		expect(await waha.run('message.send', { ...on, text: 'Hi' })).toMatchObject([
			{ groupId: team },
		]);
	});
});

afterEach(() => jest.restoreAllMocks());
