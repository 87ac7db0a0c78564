#ifndef TRIBUTARY_CHASHING_CRC32_H
#define TRIBUTARY_CHASHING_CRC32_H

#include <stddef.h>
#include <stdint.h>

// The processor's multiplication without carries for CRC-32, which Swift cannot name. Where there is none, the tables
// written in Swift do the work; both are tested against each other.

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

// Whether the processor has the instructions: CPUID leaf 1 for PCLMULQDQ and SSE4.1.
static inline int tributary_crc32_is_native(void) {
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & (1u << 1)) && (c & (1u << 19));
}

// Adds one or more whole blocks of 16 bytes to the register. Folds them one into the next and reduces what is left
// (Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009); the
// constants are powers of x modulo the reflected polynomial 0xedb88320, and its inverse.
__attribute__((target("pclmul,sse4.1"))) static inline uint32_t tributary_crc32_absorb(
    uint32_t crc, const uint8_t *bytes, size_t blocks) {
    const __m128i fold = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
    const __m128i half = _mm_set_epi64x(0, 0x0163cd6124);
    const __m128i barrett = _mm_set_epi64x(0x01f7011641, 0x01db710641);
    const __m128i low = _mm_setr_epi32(-1, 0, -1, 0);
    __m128i rest = _mm_xor_si128(_mm_loadu_si128((const __m128i *)bytes), _mm_cvtsi32_si128((int)crc));
    for (blocks--, bytes += 16; blocks > 0; blocks--, bytes += 16) {
        const __m128i folded = _mm_xor_si128(
            _mm_clmulepi64_si128(rest, fold, 0x00), _mm_clmulepi64_si128(rest, fold, 0x11));
        rest = _mm_xor_si128(folded, _mm_loadu_si128((const __m128i *)bytes));
    }
    // From 128 bits to 64 in two steps, then to 32.
    rest = _mm_xor_si128(_mm_srli_si128(rest, 8), _mm_clmulepi64_si128(rest, fold, 0x10));
    rest = _mm_xor_si128(
        _mm_srli_si128(rest, 4), _mm_clmulepi64_si128(_mm_and_si128(rest, low), half, 0x00));
    __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(rest, low), barrett, 0x10);
    quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, low), barrett, 0x00);
    return (uint32_t)_mm_extract_epi32(_mm_xor_si128(rest, quotient), 1);
}

#else

static inline int tributary_crc32_is_native(void) { return 0; }

static inline uint32_t tributary_crc32_absorb(uint32_t crc, const uint8_t *bytes, size_t blocks) {
    (void)bytes, (void)blocks;
    return crc;
}

#endif

#endif
