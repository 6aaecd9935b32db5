// Password hashing behind a gate.
#include "compte/hachage.hpp"

#include <chrono>
#include <semaphore>

#include "base/crypto.hpp"

namespace compte {
namespace {

constexpr std::ptrdiff_t hachages_a_la_fois = 2;
constexpr std::chrono::seconds attente_max{5};

/// One of the two places, given back when it goes.
class PlaceDeHachage {
public:
    PlaceDeHachage() : prise_(places().try_acquire_for(attente_max)) {}
    PlaceDeHachage(const PlaceDeHachage&) = delete;
    PlaceDeHachage& operator=(const PlaceDeHachage&) = delete;
    ~PlaceDeHachage()
    {
        if (prise_) places().release();
    }
    explicit operator bool() const { return prise_; }

private:
    static std::counting_semaphore<hachages_a_la_fois>& places()
    {
        static std::counting_semaphore<hachages_a_la_fois> toutes{hachages_a_la_fois};
        return toutes;
    }
    bool prise_;
};

/// The digest of a password nobody has.
const std::string& leurre()
{
    static const std::string empreinte = base::hash_password(base::random_token(32));
    return empreinte;
}

} // namespace

std::optional<std::string> hacher(std::string_view mot_de_passe)
{
    const PlaceDeHachage place;
    if (!place) return std::nullopt;
    return base::hash_password(mot_de_passe);
}

std::optional<bool> verifier(std::string_view empreinte, std::string_view mot_de_passe)
{
    const PlaceDeHachage place;
    if (!place) return std::nullopt;
    const bool juste =
        base::check_password(empreinte.empty() ? std::string_view{leurre()} : empreinte, mot_de_passe);
    return juste && !empreinte.empty();
}

} // namespace compte
