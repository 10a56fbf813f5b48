import { hurryDeadlines } from '../../support/clock';
import { jpeg } from '../../support/images';
import { byId, stage } from '../../support/sandbox';

const group = '5519900000000-1513616971';
const team = '120363400000000001@g.us';

afterEach(() => jest.restoreAllMocks());

describe('answers without an end', () => {
	const { control, fail, calls } = stage('sinch');

	it('are broken off at the deadline when they drip', async () => {
		hurryDeadlines();
		await control('post', '/faults', { provider: 'sinch', kind: 'drip', times: 'always' });
		const error = await fail('group.get', { group: byId(group) });
		expect(error.message).toBe('The provider did not answer in time');
		expect(await calls()).toHaveLength(3);
	});

	it('are broken off at a size, which is named', async () => {
		await control('post', '/faults', { provider: 'sinch', kind: 'endless', times: 'always' });
		const error = await fail('group.get', { group: byId(group) });
		expect(error.message).toBe('The answer of the provider is larger than 64 MB');
		expect(await calls()).toHaveLength(1);
	});

	it('of a write leave its outcome unknown', async () => {
		await control('post', '/faults', { provider: 'sinch', kind: 'endless', times: 'always' });
		const error = await fail('message.send', { group: byId(group), text: 'Hi' });
		expect(error.message).toBe(
			'The answer of the provider is larger than 64 MB: the outcome is unknown',
		);
	});

	it('end with the execution', async () => {
		await control('post', '/faults', { provider: 'sinch', kind: 'drip', times: 'always' });
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 300);
		await expect(
			fail('group.get', { group: byId(group) }, { signal: stop.signal }),
		).resolves.toMatchObject({ message: 'The execution was stopped' });
	});
});

describe('lists that do not end', () => {
	const { control, fail, calls } = stage('dialog360');
	const emptyPage = (after: string) => ({
		data: { groups: [] },
		paging: { cursors: { after }, next: 'https://graph.facebook.com/' },
	});

	it('of empty pages with new cursors are given up', async () => {
		const rules = Array.from({ length: 40 }, (_, i) => ({
			provider: 'dialog360',
			kind: 'answer',
			status: 200,
			body: emptyPage(`cursor-${i}`),
		}));
		await control('post', '/faults', rules);
		const error = await fail('group.getAll', { returnAll: true });
		expect(error.message).toBe('The list of the provider does not end');
		expect(error.description).toContain("turn off 'Return All'");
		expect((await calls()).length).toBeLessThanOrEqual(20);
	});

	it('of the same page are given up, without advice about what is off', async () => {
		const page = { ...emptyPage('same'), data: { groups: [{ id: 'a', subject: 'A' }] } };
		await control('post', '/faults', {
			provider: 'dialog360',
			kind: 'answer',
			status: 200,
			body: page,
			times: 'always',
		});
		const error = await fail('group.getAll', { returnAll: false, limit: 50 });
		expect(error.message).toBe('The list of the provider does not end');
		expect(error.description).not.toContain('Return All');
	});
});

describe('downloads', () => {
	const { control, fail, run, runItems, requestsOf } = stage('sinch');
	const picture = { group: byId(group), outputPropertyName: 'data' };
	const cdn = (rule: object) => control('post', '/faults', { provider: 'cdn', ...rule });

	it('that are HTML are refused, and read again like any read', async () => {
		await cdn({ kind: 'notJson' });
		const [{ json }] = await runItems('groupPicture.get', picture);
		expect(json.mimeType).toBe('image/jpeg');
		expect(await requestsOf('cdn')).toHaveLength(2);
	});

	it('that stay HTML are no picture', async () => {
		await cdn({ kind: 'notJson', times: 'always' });
		const error = await fail('groupPicture.get', picture);
		expect(error.message).toBe('The picture could not be downloaded');
		expect(error.description).toContain('no picture');
		expect(await requestsOf('cdn')).toHaveLength(3);
	});

	it('do not blame the credential for a host that is not the provider’s', async () => {
		await cdn({ kind: 'dropAfter', times: 'always' });
		const error = await fail('groupPicture.get', picture);
		expect(error.message).toBe('The picture could not be downloaded');
		expect(error.description).not.toContain('provider');
	});

	it('end at a size', async () => {
		await cdn({ kind: 'endless', times: 'always' });
		const error = await fail('groupPicture.get', picture);
		expect(error.message).toBe('The picture could not be downloaded');
		expect(error.description).toBe('It is larger than 16 MB.');
	});

	it('have the type that their bytes show', async () => {
		await cdn({
			kind: 'answer',
			status: 200,
			headers: { 'Content-Type': 'image/webp' },
			body: 'RIFF\u0000\u0000\u0000\u0000WAVEfmt ',
			times: 'always',
		});
		await expect(run('groupPicture.get', picture)).rejects.toThrow('could not be downloaded');
	});
});

describe('pictures that are sent', () => {
	const { fail } = stage('waha', 'WEBJS');
	const set = { session: byId('default'), group: byId(team), binaryPropertyName: 'data' };
	const file = (data: Buffer) => ({
		items: [{ files: { data: { data, mimeType: 'image/webp' } } }],
	});

	it('are no pictures when they are WAV files', async () => {
		const wav = Buffer.from('RIFF\u0024\u0000\u0000\u0000WAVEfmt ');
		const error = await fail('groupPicture.set', set, file(wav));
		expect(error.description).toBe('WAHA takes JPEG or PNG; this file is no image that it knows.');
	});

	it('of one byte too many are told in bytes', async () => {
		const tooLarge = Buffer.concat([jpeg(8, 8), Buffer.alloc(5 * 1024 * 1024)]).subarray(
			0,
			5 * 1024 * 1024 + 1,
		);
		const error = await fail('groupPicture.set', set, file(tooLarge));
		expect(error.description).toBe(
			'WAHA takes at most 5 MB, which is 5,242,880 bytes; this one has 5,242,881 bytes.',
		);
	});
});

describe('secrets', () => {
	const { control, fail, run, sandbox, setup } = stage('waha', 'NOWEB');
	const on = { session: byId('default'), group: byId(team) };

	it('are hidden in what WAHA says with a success status too', async () => {
		const { apiKey } = sandbox().accounts.waha.credentials;
		await control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body: `Refused for key ${apiKey} (${encodeURIComponent(apiKey)}, ${Buffer.from(apiKey).toString('base64')})`,
		});
		const error = await fail('group.leave', on);
		expect(error.description).toContain('Refused for key ***');
		expect(JSON.stringify([error.message, error.description])).not.toContain(apiKey);
		expect(error.description).not.toContain(
			Buffer.from(apiKey).toString('base64').replace(/=+$/, ''),
		);
	});

	it('are hidden when an expression gives them as numbers', async () => {
		const numeric = setup({ ...on, resource: 'group', operation: 'leave' });
		numeric.credentials.whatsAppGroupsWahaApi.apiKey = 12345678;
		await control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body: 'Refused for key 12345678',
		});
		const error = await fail('group.leave', on, { credentials: numeric.credentials });
		expect(error.description).toContain('Refused for key ***');
	});

	it('are hidden in the reasons of single entries', async () => {
		const { credentials } = sandbox().accounts.waha;
		await control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 500,
			body: { exception: { message: `bad key ${credentials.apiKey}` } },
		});
		const [item] = await run(
			'participant.add',
			{ ...on, participants: '447700900122' },
			{
				onError: 'continueRegularOutput',
			},
		);
		expect(JSON.stringify(item)).not.toContain(credentials.apiKey);
	});
});
