import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Image } from '../model';
import type { Answer } from '../contract/operations';
import type { Provider } from '../contract/provider';
import { asRecord } from '../transport/json';
import type { Api } from '../transport/api';
import { checkInput, inputError } from '../transport/errors';
import { imageTypeOf } from './image';
import type { Output } from './output';
import type { Parameters } from './parameters';

/** One input item on its way through an operation: what the user entered, checked, and the API. */
export class Item {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly provider: Provider,
		readonly api: Api,
		private readonly parameters: Parameters,
	) {}

	/** A parameter as it is; `undefined` when it is not shown. */
	value(name: string): unknown {
		return this.parameters.get(name, this.index);
	}

	flag(name: string): boolean {
		return this.value(name) === true;
	}

	/** A collection such as Additional Fields; entries that the user did not add are not in it. */
	collection(name: string): IDataObject {
		return asRecord(this.value(name)) as IDataObject;
	}

	/** Text that may not be empty or longer than the provider takes. */
	text(name: string, label: string, maxLength?: number): string {
		return this.checkText(this.value(name), label, maxLength);
	}

	checkText(value: unknown, label: string, maxLength?: number): string {
		const text = String(value ?? '').trim();
		if (text === '') throw this.inputError(`'${label}' is empty`, 'Enter a text.');
		return this.checkLength(text, label, maxLength);
	}

	checkLength(text: string, label: string, maxLength?: number): string {
		const length = [...text].length;
		if (maxLength !== undefined && length > maxLength) {
			throw this.inputError(
				`'${label}' is too long`,
				`${this.provider.name} takes at most ${maxLength} characters, this one has ${length}.`,
			);
		}
		return text;
	}

	/** The group's id as the provider writes it. */
	group(): string {
		return this.parameters.group(this.index);
	}

	/** Participants as the provider writes them, none twice, in the order given. */
	participants(name = 'participants', value = this.value(name)): string[] {
		const ids = splitList(value, ['participant', 'id', 'phone']).map((entry) =>
			checkInput(this.context.getNode(), this.index, () => this.provider.participantId(entry)),
		);
		return [...new Set(ids)];
	}

	requiredParticipants(): string[] {
		return this.notEmpty(
			this.participants(),
			'Participants',
			'Enter at least one phone number with country code, e.g. +44 7700 900123.',
		);
	}

	requiredJoinRequests(): string[] {
		return this.notEmpty(
			[...new Set(splitList(this.value('joinRequests'), ['joinRequest']))],
			'Join Request IDs',
			'Enter at least one ID, as Join Request: Get Many puts them out.',
		);
	}

	/** The image in a binary field, checked against what the provider takes. */
	async image(): Promise<Image> {
		const field = this.text('binaryPropertyName', 'Input Data Field Name');
		const info = this.context.helpers.assertBinaryData(this.index, field);
		const data = await this.context.helpers.getBinaryDataBuffer(this.index, field);
		const { mimeTypes, size } = this.provider.limits.picture;

		const mimeType = imageTypeOf(data);
		if (mimeType === undefined || !mimeTypes.includes(mimeType)) {
			const names = mimeTypes.map((type) => type.replace('image/', '').toUpperCase()).join(' or ');
			throw this.inputError(
				"The file in 'Input Data Field Name' is not an image that can be a group picture",
				`${this.provider.name} takes ${names}; this file is ${mimeType ?? 'no image that it knows'}.`,
			);
		}
		if (data.length > size) {
			throw this.inputError(
				"The image in 'Input Data Field Name' is too large",
				`${this.provider.name} takes at most ${size / 1024 / 1024} MB, this one has ${(data.length / 1024 / 1024).toFixed(1)} MB.`,
			);
		}
		return {
			data,
			mimeType,
			fileName: info.fileName ?? `picture.${mimeType.replace('image/', '')}`,
		};
	}

	/** What was asked for as output: the model, or with Simplify off the provider's own answer. */
	render<T extends object>({ model, raw }: Answer<T>, about: IDataObject = {}): Output {
		if (this.value('simplify') !== false || raw === undefined) {
			return { json: { ...about, ...model } as IDataObject };
		}
		const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
		return { json: isObject ? (raw as IDataObject) : ({ response: raw } as IDataObject) };
	}

	/** The output of an operation whose provider answers nothing. */
	done(about: IDataObject = {}): Output[] {
		return [{ json: { success: true, groupId: this.group(), ...about } }];
	}

	inputError(message: string, description: string) {
		return inputError(this.context.getNode(), message, description, this.index);
	}

	private notEmpty(list: string[], label: string, advice: string): string[] {
		if (list.length === 0) throw this.inputError(`'${label}' is empty`, advice);
		return list;
	}
}

/**
 * Splits what people enter for a list: text with commas, semicolons or line breaks, an array of
 * such, or this node's own output, of which the first of `keys` that is there is taken.
 */
export function splitList(value: unknown, keys: readonly string[]): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => splitList(entry, keys));
	if (typeof value === 'object' && value !== null) {
		const record = asRecord(value);
		return splitList(record[keys.find((key) => Boolean(record[key])) ?? ''], keys);
	}
	return String(value ?? '')
		.split(/[,;\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}
