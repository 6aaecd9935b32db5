// See magasin_double.hpp.
#include "piece/magasin_double.hpp"

namespace piece {

void MagasinDouble::garder(Lecture& lecture, const std::stop_token& arret)
{
    premier_->garder(lecture, arret);
}

std::unique_ptr<Lecture> MagasinDouble::ouvrir(std::string_view sha256) const
{
    try {
        return premier_->ouvrir(sha256);
    } catch (const ContenuPerdu&) {
        return repli_->ouvrir(sha256);
    } catch (const MagasinIndisponible&) {
        try {
            return repli_->ouvrir(sha256);
        } catch (const ContenuPerdu&) { // perhaps in the first: the one that is away is to be told
        }
        throw;
    }
}

bool MagasinDouble::existe(std::string_view sha256) const
{
    return premier_->existe(sha256) || repli_->existe(sha256);
}

bool MagasinDouble::retirer(std::string_view sha256, std::chrono::seconds repos)
{
    const bool du_premier = premier_->retirer(sha256, repos);
    return repli_->retirer(sha256, repos) || du_premier;
}

void MagasinDouble::parcourir(std::chrono::seconds repos,
                              const std::function<void(const std::string&)>& visiter) const
{
    premier_->parcourir(repos, visiter);
    repli_->parcourir(repos, visiter);
}

std::string MagasinDouble::marque(std::string_view proposee)
{
    return repli_->marque(premier_->marque(proposee));
}

} // namespace piece
