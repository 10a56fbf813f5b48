/** Stands in the body of every call that has one (providers.md §2.2). */
export const product = { messaging_product: 'whatsapp' } as const;
