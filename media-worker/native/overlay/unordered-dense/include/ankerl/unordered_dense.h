// The part of ankerl::unordered_dense that mediasoup-worker uses, on the standard library's maps.
// They iterate more slowly but behave the same: nothing in the worker relies on dense storage or on the order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	namespace detail::wyhash
	{
		// The finalizer of MurmurHash3 (fmix64): std::hash of an integer is the identity, which would fill few buckets.
		inline uint64_t hash(uint64_t value)
		{
			value ^= value >> 33;
			value *= 0xff51afd7ed558ccdULL;
			value ^= value >> 33;
			value *= 0xc4ceb9fe1a85ec53ULL;
			value ^= value >> 33;

			return value;
		}

		inline uint64_t hash(const void* data, size_t len)
		{
			return std::hash<std::string_view>{}(std::string_view(static_cast<const char*>(data), len));
		}
	} // namespace detail::wyhash

	template<class T, class Enable = void>
	struct hash : std::hash<T>
	{
	};

	template<class Key, class Value, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<class Key, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense
