import { createHash, randomBytes } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { MessageType } from '../../../nodes/WhatsAppGroups/contract/messages';
import type { ProviderId } from '../../../nodes/WhatsAppGroups/contract/provider';
import { messageTypes } from '../../../nodes/WhatsAppGroups/actions/message/send/fields';
import { providerOf } from '../../../nodes/WhatsAppGroups/providers';
import { jpeg } from '../../support/images';
import { byId, stage } from '../../support/sandbox';

const groups: Record<ProviderId, string> = {
	dialog360: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
	meta: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
	sinch: '5519900000000-1513616971',
	waha: '120363400000000001@g.us',
};
const place = (id: ProviderId): INodeParameters => ({
	group: byId(groups[id]),
	session: byId('default'),
	phoneNumber: byId('106540352242922'),
});

const files: Partial<Record<MessageType, { data: Buffer; mimeType: string; fileName: string }>> = {
	audio: { data: randomBytes(200), mimeType: 'audio/mpeg', fileName: 'song.mp3' },
	document: { data: randomBytes(300), mimeType: 'application/pdf', fileName: 'Report, "Q3".pdf' },
	image: { data: jpeg(320, 320), mimeType: 'image/jpeg', fileName: 'picture.jpg' },
	sticker: { data: randomBytes(100), mimeType: 'image/webp', fileName: 'wave.webp' },
	video: { data: randomBytes(400), mimeType: 'video/mp4', fileName: 'film.mp4' },
	voice: { data: randomBytes(150), mimeType: 'audio/ogg; codecs=opus', fileName: 'note.ogg' },
};
const filled: Record<string, INodeParameters> = {
	text: { text: 'Hello' },
	location: {
		latitude: 51.5074,
		longitude: -0.1278,
		additionalFields: { locationName: 'Town Hall', locationAddress: '1 High Street' },
	},
	contact: {
		contactName: 'Nathan van der Berg',
		contactPhone: '+44 7700 900123',
		additionalFields: { contactOrganization: 'Acme' },
	},
	template: {
		template: byId('order_update|en_US'),
		templateParameters: { mappingMode: 'defineBelow', value: { body_1: 'Pablo' } },
		headerSource: 'binary',
		templateName: 'order_update',
		templateNamespace: 'ns',
		bodyParameters: 'Pablo',
	},
	poll: { pollQuestion: 'When?', pollOptions: 'Monday\nTuesday, late\n\nMonday' },
};
const withFile = (type: MessageType) => ({ items: [{ files: { data: files[type]! } }] });

describe.each(Object.keys(groups) as ProviderId[])('%s: Message: Send', (id) => {
	const { run, fail, seen, control } = stage(id);
	const { messages, unsupportedMessages } = providerOf(id);
	const send = async (type: MessageType, more: INodeParameters = {}, context = {}) =>
		await run(
			'message.send',
			{ ...place(id), messageType: type, ...filled[type], ...more },
			context,
		);
	const refused = async (type: MessageType, more: INodeParameters = {}, context = {}) => {
		const error = await fail(
			'message.send',
			{ ...place(id), messageType: type, ...filled[type], ...more },
			context,
		);
		expect(await seen()).toEqual([]);
		return error;
	};
	if (id === 'dialog360' || id === 'meta') {
		beforeEach(async () => {
			await control('post', `/${id}/templates`, {
				name: 'order_update',
				language: 'en_US',
				category: 'UTILITY',
				components: [
					{ type: 'HEADER', format: 'IMAGE' },
					{ type: 'BODY', text: 'Hi {{1}}' },
				],
			});
		});
	}
	const supported = messageTypes.filter((type) => messages[type]);
	const ofFiles = supported.filter((type) => files[type]);

	it.each(supported)('sends %s by the endpoints of the record', async (type) => {
		const file = type === 'template' ? 'image' : type;
		const [sent] = await send(type, {}, files[file] ? withFile(file) : {});
		expect(sent).toMatchObject({ id: expect.any(String), groupId: groups[id] });
		const requests = await seen();
		expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
		const calls = requests.map(
			({ method, path }) => `${method} ${path.replace(/^\/(v26\.0|webjs)/, '')}`,
		);
		expect(calls).toEqual(
			messages[type]!.endpoints.map((endpoint) =>
				endpoint
					.replace('{PHONE_NUMBER_ID}', '106540352242922')
					.replace('{WABA_ID}', '102290129340398'),
			),
		);
	});

	it.each(messageTypes.filter((type) => !messages[type]))(
		'says before any request why it does not send %s',
		async (type) => {
			const error = await refused(type);
			expect(error.message).toBe(unsupportedMessages[type]);
			expect(error.description).toContain("'Message Type'");
		},
	);

	it.each(ofFiles)('sends %s from the web, without fetching it', async (type) => {
		const { fileName } = files[type]!;
		const fileUrl = `https://files.example.com/a/${encodeURIComponent(fileName)}?x=1`;
		if (id === 'waha') {
			// The server fetches it: here the sandbox does, which reaches nothing outside.
			const error = await fail('message.send', {
				...place(id),
				messageType: type,
				fileSource: 'url',
				fileUrl,
			});
			expect(error).toBeInstanceOf(Error);
		} else {
			await send(type, { fileSource: 'url', fileUrl });
		}
		const bodies = (await seen()).map(({ body }) => JSON.stringify(body));
		expect(bodies).toHaveLength(1);
		expect(bodies[0]).toContain('https://files.example.com/a/');
	});

	it.each(ofFiles.filter((type) => messages[type]!.file!.mimeTypes))(
		'refuses %s of another type, with those that can be sent',
		async (type) => {
			const data = { data: randomBytes(10), mimeType: 'application/zip', fileName: 'a.zip' };
			const error = await refused(type, {}, { items: [{ files: { data } }] });
			expect(error.message).toMatch(/^The file in 'Input Data Field Name' is not of a type that/);
			expect(error.description).toContain(messages[type]!.file!.mimeTypes![0]);
			expect(error.description).toContain('application/zip');
		},
	);

	// The largest of WAHA once: it has to fit into a request with everything around it.
	const weighed = ofFiles.filter(
		(type) =>
			messages[type]!.file!.size < 20 * 1024 * 1024 || (id === 'waha' && type === 'document'),
	);
	it.each(weighed)(
		'refuses %s of one byte too much, and takes one of just as many',
		async (type) => {
			const { size } = messages[type]!.file!;
			const file = (length: number) => ({
				items: [{ files: { data: { ...files[type]!, data: Buffer.alloc(length, 1) } } }],
			});
			const error = await refused(type, {}, file(size + 1));
			expect(error.message).toBe("The file in 'Input Data Field Name' is too large");
			expect(error.description).toContain((size + 1).toLocaleString('en'));
			await send(type, {}, file(size));
		},
	);

	it.each<[string, INodeParameters, RegExp]>([
		['no such field', { binaryPropertyName: 'other' }, /other/],
		['no name of a field', { binaryPropertyName: '' }, /'Input Data Field Name' is empty/],
		['a URL that is none', { fileSource: 'url', fileUrl: 'report.pdf' }, /'URL' is not a web/],
		[
			'another protocol',
			{ fileSource: 'url', fileUrl: 'file:///etc/passwd' },
			/'URL' is not a web/,
		],
		[
			'a URL of nothing',
			{ fileSource: 'url', fileUrl: '={{ null }}' },
			/expression in 'URL' gives/,
		],
		[
			'a URL without ending',
			{ fileSource: 'url', fileUrl: 'https://example.com/report' },
			/'URL' does not show what kind of file/,
		],
		['a type that is none', { additionalFields: { mimeType: 'pdf' } }, /'MIME Type' is not one/],
	])('refuses a document with %s', async (_, parameters, message) => {
		const error = await refused('document', parameters, withFile('document'));
		expect(error.message).toMatch(message);
	});

	it('refuses an empty file', async () => {
		const data = { ...files.document!, data: Buffer.alloc(0) };
		const error = await refused('document', {}, { items: [{ files: { data } }] });
		expect(error.message).toBe("The file in 'Input Data Field Name' is empty");
	});

	it('sends the caption and another name of a document', async () => {
		await send(
			'document',
			{ caption: 'For you', additionalFields: { fileName: 'Other' } },
			withFile('document'),
		);
		const body = JSON.stringify((await seen()).at(-1)!.body);
		expect(body).toContain('For you');
		if (id !== 'sinch') expect(body).toContain('Other.pdf');
	});

	it('takes an unknown message type for what it is', async () => {
		const error = await refused('text', { messageType: '={{ "gif" }}' });
		expect(error.message).toBe("'Message Type' is none of the values that there are");
	});

	it('sends a text as before where no type is given', async () => {
		const [sent] = await run('message.send', { ...place(id), text: ' Hi \n' });
		expect(sent.id).toEqual(expect.any(String));
		expect(JSON.stringify((await seen())[0].body)).toContain(JSON.stringify(' Hi \n').slice(1, -1));
	});

	if (id === 'dialog360' || id === 'meta') {
		it('uploads a file once per run, however many groups get it', async () => {
			const item = { json: { group: groups[id] }, files: { data: files.image! } };
			const sent = await send('image', {}, { items: Array.from({ length: 12 }, () => item) });
			expect(new Set(sent.map((message) => message.id)).size).toBe(12);
			const calls = (await seen()).map(({ path }) => path.split('/').pop());
			expect(calls.filter((call) => call === 'media')).toHaveLength(1);
			expect(calls.filter((call) => call === 'messages')).toHaveLength(12);
			const { media } = ((await control('get', '/state')) as Record<string, IDataObject>)[id];
			expect(media).toMatchObject([
				{ sha256: createHash('sha256').update(files.image!.data).digest('hex') },
			]);
		});

		it('uploads different files of one name separately', async () => {
			const items = [1, 2].map((n) => ({
				json: {},
				files: { data: { ...files.document!, data: randomBytes(50 + n) } },
			}));
			await send('document', {}, { items });
			expect((await seen()).filter(({ path }) => path.endsWith('/media'))).toHaveLength(2);
		});

		it('uploads again when the answer is lost, since nobody sees an upload', async () => {
			await control('post', '/faults', {
				provider: id,
				kind: 'dropAfter',
				path: 'media',
				times: 1,
			});
			await send('image', {}, withFile('image'));
			const calls = (await seen()).map(({ path }) => path.split('/').pop());
			expect(calls).toEqual(['media', 'media', 'messages']);
		});

		it('says that nothing was sent when the upload is refused', async () => {
			await control('post', '/faults', {
				provider: id,
				kind: 'answer',
				status: 400,
				body: { error: { code: 131053, message: 'Media upload error' } },
				path: 'media',
			});
			const error = await fail(
				'message.send',
				{ ...place(id), messageType: 'image' },
				withFile('image'),
			);
			expect((error.context as IDataObject).status).toBe('failed');
			expect(await seen()).toHaveLength(1);
		});
	}
});

describe('what reads a message', () => {
	const { run, fail, seen } = stage('waha');
	const send = async (parameters: INodeParameters) =>
		await run('message.send', { ...place('waha'), ...parameters });
	const refusal = async (parameters: INodeParameters) =>
		(await fail('message.send', { ...place('waha'), ...parameters })).message;
	const body = async () => (await seen())[0].body as IDataObject;

	it('adds a mention that the text does not have, and leaves one that it has', async () => {
		await send({
			text: 'Hello @447700900111',
			additionalFields: { mentions: '+44 7700 900111, +44 7700 900112, all' },
		});
		expect(await body()).toMatchObject({
			text: 'Hello @447700900111 @447700900112',
			mentions: ['447700900111@c.us', '447700900112@c.us', 'all'],
		});
	});

	it('takes the answers of a poll by line, each once, commas and all', async () => {
		await send({ messageType: 'poll', ...filled.poll, pollMultipleAnswers: true });
		expect((await body()).poll).toEqual({
			name: 'When?',
			options: ['Monday', 'Tuesday, late'],
			multipleAnswers: true,
		});
	});

	it.each<[string, unknown, RegExp]>([
		['one answer', 'Monday', /'Options' of the poll are fewer than two/],
		['13 answers', Array.from({ length: 13 }, (_, i) => `${i}`).join('\n'), /more than twelve/],
		['none', '={{ null }}', /The expression in 'Options' gives nothing/],
		['an object', '={{ {a: 1} }}', /'Options' is not a list of texts/],
		['a list with an object', '={{ ["a", {b: 1}] }}', /'Options' is not a list of texts/],
	])('refuses a poll with %s', async (_, pollOptions, message) => {
		const parameters = { messageType: 'poll', pollQuestion: 'When?', pollOptions };
		expect(await refusal(parameters as INodeParameters)).toMatch(message);
	});

	it('takes the answers of a poll as a list', async () => {
		await send({ messageType: 'poll', pollQuestion: 'Q', pollOptions: '={{ ["a", 2] }}' });
		expect((await body()).poll).toMatchObject({ options: ['a', '2'] });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['out of range', { latitude: 91, longitude: 0 }, /'Latitude' is out of range/],
		['as words', { latitude: 'north', longitude: 0 }, /'Latitude' is not a number/],
		[
			'missing',
			{ latitude: 1, longitude: '={{ null }}' },
			/expression in 'Longitude' gives nothing/,
		],
	])('refuses a place whose coordinates are %s', async (_, parameters, message) => {
		expect(await refusal({ messageType: 'location', ...parameters })).toMatch(message);
	});

	it('takes coordinates as text', async () => {
		await send({ messageType: 'location', latitude: ' 51.5 ', longitude: '-0.12' } as never);
		expect(await body()).toMatchObject({ latitude: 51.5, longitude: -0.12 });
	});

	it.each([
		['Nathan', /'Contact Phone' is not a phone number/],
		['123@lid', /'Contact Phone' is not a phone number/],
		['', /'Contact Phone' is empty/],
	])('refuses a contact with the number %p', async (contactPhone, message) => {
		const parameters = { messageType: 'contact', contactName: 'Nathan', contactPhone };
		expect(await refusal(parameters)).toMatch(message);
	});
});
