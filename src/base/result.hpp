// A value or the reason why there is none. Same names as std::expected, which g++ 12.2 only ships in C++23
// mode.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace base {

/// One thing a person must correct: the field it concerns (empty: the whole form) and what to do about it.
struct FieldError {
    std::string field;
    std::string message;
};

/// An expected refusal, in words a person can read. Never used for breakdowns: those are exceptions.
struct Problem {
    enum class Kind { Forbidden, NotFound, Conflict, Invalid };

    Kind kind;
    std::string field;
    std::string message;

    static Problem forbidden(std::string message = "Vous n’avez pas le droit de faire cette action.")
    {
        return {Kind::Forbidden, {}, std::move(message)};
    }
    static Problem not_found(std::string message = "Cette page n’existe pas ou n’existe plus.")
    {
        return {Kind::NotFound, {}, std::move(message)};
    }
    static Problem conflict(std::string message) { return {Kind::Conflict, {}, std::move(message)}; }
    static Problem invalid(std::string field, std::string message)
    {
        return {Kind::Invalid, std::move(field), std::move(message)};
    }
};

/// All the corrections a form asks for, in the order of its fields.
using FormErrors = std::vector<FieldError>;

/// T, or E when a rule refuses. Ignoring one is a compile error ([[nodiscard]] and -Werror).
template <class T, class E = Problem> class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    const T& operator*() const& { return std::get<0>(state_); }
    T& operator*() & { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    const T* operator->() const { return &std::get<0>(state_); }
    T* operator->() { return &std::get<0>(state_); }
    [[nodiscard]] const E& error() const { return std::get<1>(state_); }

private:
    std::variant<T, E> state_;
};

/// For rules that only allow or refuse.
struct Ok {};

} // namespace base

// The four words every folder speaks.
using base::FieldError;
using base::FormErrors;
using base::Problem;
using base::Result;
