import type { Image } from '../../model';
import { imageTypeOf } from '../../values/imageType';
import { InvalidInput } from '../../values/invalidInput';
import { megabyte } from '../../values/size';
import type { Item } from '../item';

/** The image in the field named by Input Data Field Name, checked against what the provider takes. */
export async function readPicture({ context, index, provider, values }: Item): Promise<Image> {
	const field = values.id(
		'binaryPropertyName',
		'Enter the name of the field that holds the picture.',
	);
	const info = context.helpers.assertBinaryData(index, field);
	const data = await context.helpers.getBinaryDataBuffer(index, field);
	const { mimeTypes, size } = provider.limits.picture;

	const mimeType = imageTypeOf(data);
	if (mimeType === undefined || !mimeTypes.includes(mimeType)) {
		const names = mimeTypes.map((type) => type.replace('image/', '').toUpperCase()).join(' or ');
		throw new InvalidInput(
			"The file in 'Input Data Field Name' is not an image that can be a group picture",
			`${provider.name} takes ${names}; this file is ${mimeType ?? 'no image that it knows'}.`,
		);
	}
	if (data.length > size) {
		const bytes = (count: number) => `${count.toLocaleString('en')} bytes`;
		throw new InvalidInput(
			"The image in 'Input Data Field Name' is too large",
			`${provider.name} takes at most ${size / megabyte} MB, which is ${bytes(size)}; this one has ${bytes(data.length)}.`,
		);
	}
	const fileName = info.fileName ?? `picture.${mimeType.replace('image/', '')}`;
	return { data, mimeType, fileName };
}
